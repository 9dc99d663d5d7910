import { compact } from '../../src/common/compact';

test('drops absent items and keeps falsy values', () => {
  expect(compact([1, undefined, 0, false, 2])).toEqual([1, 0, 2]);
  expect(compact(['a', '', undefined])).toEqual(['a', '']);
});
