import type zh from './zh-CN'

const en: typeof zh = {
  travel: 'The journey',
  responsible: 'Responsible: {name}',
  insured: 'Insured with {company}, policy {policy}',
  consent_states: {
    missing: 'A guardian is asked to answer',
    outdated: 'The journey changed; please answer anew',
    refused: 'You refused',
    agreed: 'You agreed',
  },
  consent_note: 'Health to look after (may be left out)',
  agree: '{name} may take part',
  refuse: 'Refuse',
  agreed: 'You agreed.',
  refused: 'You refused.',
  guardian_only: 'A guardian has to log in and answer.',
  feedback: 'What did you think of it?',
  feedback_words: 'Those who run it do not see who said what.',
  comment: 'In a sentence (may be left out)',
  send_feedback: 'Send',
  thanks: 'Thank you.',
}

export default en
