/** Whether everything is tried, where a selection is the default: `npm run test:nightly` enables it. */
export const NIGHTLY = process.env.NIGHTLY === 'true';
