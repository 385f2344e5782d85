/** How many of a hundred are done; a hundred only when all are. */
export function percent_of({ done, subjects }: { done: number; subjects: number }): number {
  return subjects === 0 ? 0 : Math.floor((100 * done) / subjects)
}
