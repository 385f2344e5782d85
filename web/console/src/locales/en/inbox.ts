import type zh from '../zh-CN/inbox'

const en: typeof zh = {
  words: 'Whatever the platform has to tell you is here.',
  bell_unread: 'Inbox, {n} unread',
  read_all: 'Mark all as read',
  which: 'Show',
  all: 'All',
  unread: 'Unread',
  urgent: 'Urgent',
  kind: 'Kind',
  any_kind: 'Any kind',
  kinds: {
    account: 'Account',
    family: 'Family',
    training: 'Training',
    activity: 'Events',
    recognition: 'Certificates and points',
    notice: 'Notices',
    feed: 'Class feed',
    conversation: 'Conversation',
    join_request: 'Requests to join',
  },
  search: 'Search in titles and texts',
  nothing: 'Nothing here yet',
  nothing_words: 'Notices, reminders of events, certificates and answers to requests will come here.',
  nothing_found: 'Nothing matches',
  nothing_found_words: 'Try other conditions.',
  withdrawn: 'Its sender took it back.',
}

export default en
