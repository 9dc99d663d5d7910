import { describe, expect, it } from 'vitest';
import { formatClock, formatWords } from './format';

describe('formatClock', () => {
  it.each([
    [0, '0:00'],
    [5_000, '0:05'],
    [185_000, '3:05'],
    [3_600_000, '60:00'],
  ])('shows %i ms as %s', (milliseconds, shown) => {
    expect(formatClock(milliseconds)).toBe(shown);
  });

  it('shows 0:00 only when nothing is left', () => {
    expect(formatClock(1)).toBe('0:01');
    expect(formatClock(59_001)).toBe('1:00');
  });

  it('never shows negative times', () => {
    expect(formatClock(-1_500)).toBe('0:00');
  });
});

describe('formatWords', () => {
  it.each([
    [0, '0 seconds'],
    [1_000, '1 second'],
    [60_000, '1 minute'],
    [61_000, '1 minute 1 second'],
    [150_000, '2 minutes 30 seconds'],
  ])('formats %i ms as "%s"', (milliseconds, words) => {
    expect(formatWords(milliseconds)).toBe(words);
  });
});
