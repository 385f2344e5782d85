// A journey with a guardian's consent, and what people thought of an event.
export default {
  travel: '外出安排',
  responsible: '责任人：{name}',
  insured: '保险：{company}，保单号 {policy}',
  consent_states: {
    missing: '请监护人答复',
    outdated: '行程有变，请重新答复',
    refused: '已答复：不同意',
    agreed: '已同意参加',
  },
  consent_note: '需要老师留意的健康情况（可不填）',
  agree: '同意{name}参加',
  refuse: '不同意',
  agreed: '已同意。',
  refused: '已答复不同意。',
  guardian_only: '需要监护人本人登录后答复。',
  feedback: '您觉得这次活动怎么样？',
  feedback_words: '组织者看不到是谁评价的。',
  comment: '想说的话（可不填）',
  send_feedback: '提交评价',
  thanks: '谢谢您的评价。',
}
