import { describe, expect, it } from 'vitest';
import { brewingSeconds, findTea, TEAS } from './teas';

describe('TEAS', () => {
  it('have distinct ids', () => {
    expect(new Set(TEAS.map((tea) => tea.id)).size).toBe(TEAS.length);
  });

  it.each(TEAS)('$name can be brewed', (tea) => {
    expect(tea.temperature).toBeGreaterThan(0);
    expect(tea.temperature).toBeLessThanOrEqual(100);
    expect(tea.infusions).toBeGreaterThanOrEqual(1);
    expect(brewingSeconds(tea, 1)).toBeGreaterThan(0);
  });
});

describe('findTea', () => {
  it('finds a tea by its id', () => {
    expect(findTea('oolong')?.name).toBe('Oolong');
  });

  it('finds nothing by an unknown id', () => {
    expect(findTea('coffee')).toBeUndefined();
  });
});

describe('brewingSeconds', () => {
  const tea = { id: 'test', name: 'Test', temperature: 80, seconds: 100, extraSeconds: 20, infusions: 3 };

  it('takes longer with each infusion', () => {
    expect([1, 2, 3].map((infusion) => brewingSeconds(tea, infusion))).toEqual([100, 120, 140]);
  });

  it.each([0, -1, 4, 1.5, Number.NaN])('refuses infusion %d', (infusion) => {
    expect(() => brewingSeconds(tea, infusion)).toThrow(RangeError);
  });
});
