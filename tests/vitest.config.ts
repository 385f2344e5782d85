import { defineConfig } from 'vitest/config'

// Every test runs once for each database; PostgreSQL's turn needs a server to make databases in (bin/test starts one).
const databases = process.env.CONCENTRIC_TEST_POSTGRES ? ['sqlite', 'postgresql'] : ['sqlite']

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    projects: databases.map((database) => ({
      extends: true,
      test: {
        name: database,
        include: ['api/**/*.test.ts'],
        env: { CONCENTRIC_TEST_DATABASE: database },
        globalSetup: database === 'postgresql' ? ['harness/template.ts'] : [],
      },
    })),
  },
})
