export default {
  title: '成长册',
  words: '从各处的记录自动汇成，一生一册；转学到县内别的学校，册子跟着走。',
  download: '下载打印（PDF）',
  stays: '在校经历',
  now: '今',
  chapters: { activities: '参加的活动', service: '服务与志愿', lessons: '课程学习', honours: '荣誉与承诺' },
  times: '{n} 次',
  certificates: '证书',
  visits: '家访与约定',
  none: '还没有记录',
  none_words: '参加活动、服务、学习以后，会自动记在这里。',
}
