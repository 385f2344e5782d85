export default {
  title: 'Growth book',
  words: 'Put together from what is recorded: one pupil, one book. It goes along to another school of the county.',
  download: 'Download to print (PDF)',
  stays: 'At school',
  now: 'now',
  chapters: { activities: 'Activities', service: 'Service', lessons: 'Lessons', honours: 'Honours and commitments' },
  times: '{n} time | {n} times',
  certificates: 'Certificates',
  visits: 'Home visits and what was agreed',
  none: 'Nothing yet',
  none_words: 'Activities, service and lessons are entered here by themselves.',
}
