import type zh from './zh-CN'

const en: typeof zh = {
  who_comes: 'Who comes',
  self: 'yourself',
  adult: 'family',
  child: 'child',
  conflict: '{name}: {what} ({when})',
  sign_up_n: 'Sign up ({n})',
  wait_n: 'Full: {n} join the waiting list',
  all_wait: 'Not enough places: you wait together.',
  offered: 'A place is free. Please answer until {at}.',
  left: '{left} left; then it goes to the next one.',
  hours_minutes: '{hours} h {minutes} min',
  n_minutes: '{minutes} min',
  accept: 'Take the place',
  accepted: 'The place is yours.',
  held: 'A place is held, please answer',
  decline: 'Not coming',
  withdraw_of: 'Withdraw {name}',
  rule_automatic:
    'Order: whoever has not had a place this term at another event with limited places of this organiser, then by time. A free place is given at once.',
  rule_offer:
    'Order: whoever has not had a place this term at another event with limited places of this organiser, then by time. You are asked and answer within a time.',
  together: 'A family that signs up together gets its places together.',
  is_closed: 'The organiser has closed sign-up.',
  opens: 'Sign-up opens {at}.',
  closes: 'Sign-up closes {at}.',
  has_closed: 'Sign-up closed {at}.',
}

export default en
