// Orders the test files. Without the times of an earlier run jest begins with the largest file, and a long one that comes last keeps a core idle.
const { default: Sequencer } = require('@jest/test-sequencer');

/** The files that take longest, in the order in which they begin. The first synthesizes what others read, so these come later. */
const FIRST = [
  'laws/laws.test.ts',
  'check/mutation.test.ts',
  'laws/needed.test.ts',
  'targets/ecs-task/run-task.test.ts',
  'laws/error-paths.test.ts',
  'functions/site-release-broken.test.ts',
  'functions/site-release-property.test.ts',
  'functions/site-release.test.ts',
  'check/iam/differential.test.ts',
  'targets/ecs-service/native/state-machine.test.ts',
  'assembly/hostile.test.ts',
  'evidence/evidence.test.ts',
  'check/hostile.test.ts',
  'laws/coexistence.test.ts',
  'compliance/strict-validation.test.ts',
  'compliance/nag.test.ts',
  'check/examples.test.ts',
  'laws/conditions-plan.test.ts',
  'laws/conditions.test.ts',
  'properties/promotion.test.ts',
];

function place({ path }) {
  const index = FIRST.findIndex((file) => path.replaceAll('\\', '/').endsWith(`/test/${file}`));
  return index === -1 ? FIRST.length : index;
}

module.exports = class extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    const isTimed = sorted.some(({ duration }) => duration !== undefined);
    // The sort is stable: the others stay in the order of jest.
    return isTimed ? sorted : [...sorted].sort((a, b) => place(a) - place(b));
  }
};
module.exports.FIRST = FIRST;
