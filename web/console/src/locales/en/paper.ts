export default {
  code: 'Code on the sheet',
  open_code: 'Open by code',
  print: 'Print sheet',
  enter: 'Type in paper answer',
  enter_for: 'Paper answer for {name}',
  enter_words:
    'Please type what stands on the paper. Your name and the time are kept; what a family answers itself always counts first.',
  was_entered: 'Typed in',
  taken_back: 'Taken back',
  answers: 'Answers typed in from paper',
  none: 'Nothing was typed in from paper yet',
  entered_by: 'Typed in by',
  entered_at: 'Typed in at',
  change: 'Correct',
  take_back: 'Take back',
}
