/** Whether everything is tried, where other runs try a selection: `npm run test:nightly` says so. */
export const NIGHTLY = process.env.NIGHTLY === 'true';
