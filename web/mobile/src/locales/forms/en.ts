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
  signing_for: 'Pupil: {child} ({unit})',
  guardian: 'Guardian: {name}',
  read_first: 'Please read the text to its end first.',
  agrees: 'I have read the whole text and commit myself to each point',
  pad: 'Signature by hand',
  pad_words: 'Sign here with your finger, if you like.',
  clear: 'Again',
  sign_for: 'Sign for {name}',
  who_is_there: 'Before you sign, please show once more that it is you.',
  prove_and_sign: 'Confirm and sign for {name}',
  signed_now: 'Signed and entered in the ledger.',
  signed_by: '{name} signed {at}',
  proof: 'Show the proof (PDF)',
  guardians_only: 'A guardian of the child has to sign.',
  text_hash: 'SHA-256 of the text: {hash}',
  not_open: 'It cannot be filled in now.',
  choose_day: 'Choose a day',
}

export default en
