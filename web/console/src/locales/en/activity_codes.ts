// What gates, codes and dates of events say besides.
export default {
  n_without_consent:
    '{n} pupil was let in off line without a guardian’s consent; please call the family. | {n} pupils were let in off line without a guardian’s consent; please call the families.',
  without_consent: 'came without consent',
  only_without_consent: 'Only those without consent',
  show_without_consent: 'Show who',
  own_code: 'My code',
  own_code_words:
    'It is scanned when you come. Without a phone print it and bring it along; it holds during the whole event, so do not pass it on.',
  print_own_code: 'Print',
  no_own_code: 'Once you have a place your code appears here.',
  code_not_in: 'Not in yet',
  code_inside: 'In',
  code_left: 'Left at {at}',
  take_all_holidays: 'Skip the holiday | Skip all {n} holidays',
  holidays_taken: 'All holidays are skipped.',
  paper_codes: 'Print codes',
  paper_words: 'For those who bring no phone. A paper code holds during the whole event; hand it to its owner.',
  print_n: 'Print {n}',
  qr_of_person: 'Code of {name}',
  leave_out: 'Leave out',
  leave_out_of: 'Leave out {name}',
}
