import type zh from './zh-CN'

const en: typeof zh = {
  title: 'All to-dos',
  none: 'Nothing to do',
  none_words: 'What you are asked to answer, fill in or sign comes up here, and is gone once it is done.',
  which: 'Which kind',
  all_kinds: 'All {n}',
  kinds: {
    notice: 'Notices',
    form: 'Forms',
    consent: 'Consents',
    visit: 'Home visits',
    join: 'Joining',
    request: 'Requests of families',
    plan: 'Plans of events',
  },
  times: { today: 'Due today', week: 'Within seven days', later: 'Later', none: 'Without an end' },
  visit: {
    asked: 'Teachers would like to visit {child}: say what suits you',
    published: 'A visit to {child} has its time: please answer',
    done: 'Teachers visited {child}: please confirm it',
  },
}

export default en
