import type zh from './zh-CN'

const en: typeof zh = {
  title: 'Form',
  until: 'Until {at}',
  for_whom: 'For which child',
  required: ' (required)',
  anonymous:
    'This form is anonymous: your answers are kept apart from who you are, and nobody can join the two. They cannot be changed.',
  kept: 'Kept for you; go on whenever you like.',
  send: 'Send',
  send_again: 'Update my answers',
  thanks: 'Sent, thank you!',
  waits: 'No network: your answers are kept and sent once the net is back.',
  signed: 'Signed',
  sign: 'Go and sign',
  sign_in_browser: "Please open the platform in the phone's browser to sign.",
  not_open: 'It cannot be filled in now.',
  choose_day: 'Choose a day',
}

export default en
