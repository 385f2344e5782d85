export default {
  title: '全部待办',
  none: '没有待办的事',
  none_words: '需要您答复、填写或签署的事会出现在这里，办完就消失。',
  which: '看哪一类',
  all_kinds: '全部 {n}',
  kinds: {
    notice: '通知',
    form: '表单',
    consent: '同意事项',
    visit: '家访',
    join: '加入申请',
    request: '家长申请',
    plan: '活动计划',
  },
  times: { today: '今天截止', week: '七天内', later: '以后', none: '没有期限' },
  visit: {
    asked: '老师想来家访：{child}，请说说您的意愿',
    published: '家访时间已定：{child}，请答复',
    done: '老师来过了：{child}，请确认家访',
  },
}
