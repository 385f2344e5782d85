// count.mjs FORMAT FILE: what a test run wrote down, as "passed failed", then a line for each test that failed, and one that begins
// with "? " for each that passed only when it was tried again.
import { readFileSync } from 'node:fs'

const [format, file] = process.argv.slice(2)

const readers = {
  gtest: (report) =>
    report.testsuites.flatMap((suite) =>
      suite.testsuite
        .filter((test) => test.status === 'RUN' && test.result !== 'SKIPPED')
        .map((test) => ({ name: `${suite.name}.${test.name}`, passed: !test.failures })),
    ),
  // A file that broke before or beside its tests counts as one that failed.
  vitest: (report) =>
    report.testResults.flatMap((part) => {
      const tests = part.assertionResults
        .filter(({ status }) => status === 'passed' || status === 'failed')
        .map(({ fullName: name, status, failureMessages: faults }) => ({
          name,
          passed: status === 'passed',
          faults: faults?.length,
        }))
      const is_broken = part.status === 'failed' && tests.every((test) => test.passed)
      return is_broken ? [...tests, { name: part.name, passed: false }] : tests
    }),
  playwright: (report) => [
    ...report.errors.map((error) => ({ name: error.message, passed: false })),
    ...report.suites.flatMap(playwright_tests),
  ],
}

// Playwright writes a test of several windows as one "spec" whose `ok` tells of the first window alone.
function playwright_tests(suite) {
  const own = suite.specs.flatMap((spec) =>
    spec.tests
      .filter(({ status }) => status !== 'skipped')
      .map(({ projectName, status }) => ({
        name: `[${projectName}] ${suite.file}: ${spec.title}`,
        passed: status === 'expected' || status === 'flaky',
        faults: Number(status === 'flaky'),
      })),
  )
  return [...own, ...(suite.suites ?? []).flatMap(playwright_tests)]
}

const tests = readers[format](JSON.parse(readFileSync(file, 'utf8')))
const failed = tests.filter((test) => !test.passed)
console.log(tests.length - failed.length, failed.length)
for (const test of failed) console.log(test.name)
for (const { name } of tests.filter(({ passed, faults }) => passed && faults)) console.log(`? ${name}`)
