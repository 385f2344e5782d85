import { ApiProblem } from '@concentric/api-client'

/** The file is within reach, but nobody has said yet why this post should open it. */
export function needs_purpose(error: unknown): boolean {
  return error instanceof ApiProblem && error.status === 403 && error.problems.some((problem) => problem.code === 'purpose_needed')
}
