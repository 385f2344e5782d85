/** What went wrong, with how often; nothing of what did not. */
export const faults_in = (counts: Record<string, number>): string[] =>
  Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([fault, count]) => `${fault}: ${count}`)
