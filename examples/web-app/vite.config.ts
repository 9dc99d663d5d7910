import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.spec.ts'],
    reporters: ['default', 'junit'],
    outputFile: { junit: 'reports/junit.xml' },
    coverage: {
      enabled: true,
      provider: 'v8',
      reporter: ['text-summary', 'clover'],
      reportsDirectory: 'coverage',
      include: ['src/**/*.ts'],
      // main.ts only connects the logic to the page.
      exclude: ['src/**/*.spec.ts', 'src/main.ts'],
    },
  },
});
