import type zh from './zh-CN'

const en: typeof zh = {
  title: 'Notice',
  urgent: 'Urgent notice',
  was_taken_back: 'This notice was taken back: {words}',
  what_is_new: 'Corrected: {words}',
  please: 'Please answer.',
  closed: 'Answers are closed.',
  until: 'Until {at}',
  answer: 'Your answer',
  confirm: 'I have read it',
  confirmed: 'Confirmed',
  send: 'Send answer',
  yes: 'Yes',
  no: 'No',
  was_answered: 'Answered, thank you!',
  waits: 'No network: your answer is kept and sent once the net is back.',
  waiting: 'To be sent: {words}',
  done_by: '{name} · {at}',
  on_paper: 'On paper · {at}',
}

export default en
