import { baseAssembly, DEFECTS, planted } from './defects';
import type { PlantedAssembly } from './template';
import { check } from '../../../../src/check/check';

const MIN_DEFECTS = 25;

function findingsIn({ stacks }: PlantedAssembly) {
  return check(stacks)
    .pipelines.flatMap(({ findings }) => findings)
    .filter(({ severity }) => severity !== 'info')
    .map(({ id, severity }) => ({ rule: id.replace(/\[.*$/s, ''), severity }));
}

describe.each(Object.entries(DEFECTS))('templates of %s', (_, defects) => {
  test.each([...new Set(defects.map(({ base }) => base))])('%s has no error and no warning', (base) => {
    expect(findingsIn(baseAssembly(base))).toEqual([]);
  });

  test.each(defects.map((defect) => [defect.name, defect] as const))('%s', (__, defect) => {
    expect(findingsIn(planted(defect)).map(({ rule }) => rule)).toContain(defect.rule);
  });

  test('have enough defects, with different names and sources', () => {
    expect(new Set(defects.map(({ name }) => name)).size).toBe(defects.length);
    expect(defects.length).toBeGreaterThanOrEqual(MIN_DEFECTS);
    for (const { source } of defects) expect(source).toMatch(/^https:\/\/\S+$/);
  });
});
