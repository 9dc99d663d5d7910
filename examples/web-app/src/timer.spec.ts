import { describe, expect, it } from 'vitest';
import { createTimer, isFinishedAt, isRunning, pause, progressAt, remainingAt, reset, start } from './timer';

const NOON = Date.UTC(2026, 0, 1, 12);

describe('timer', () => {
  it('does not run until it is started', () => {
    const timer = createTimer(60);
    expect(isRunning(timer)).toBe(false);
    expect(remainingAt(timer, NOON)).toBe(60_000);
    expect(remainingAt(timer, NOON + 5_000)).toBe(60_000);
  });

  it('counts down while it runs', () => {
    const timer = start(createTimer(60), NOON);
    expect(isRunning(timer)).toBe(true);
    expect(remainingAt(timer, NOON + 15_000)).toBe(45_000);
    expect(progressAt(timer, NOON + 15_000)).toBe(0.25);
  });

  it('keeps its first start when it is started twice', () => {
    const timer = start(start(createTimer(60), NOON), NOON + 10_000);
    expect(remainingAt(timer, NOON + 10_000)).toBe(50_000);
  });

  it('leaves out pauses', () => {
    const paused = pause(start(createTimer(60), NOON), NOON + 10_000);
    expect(isRunning(paused)).toBe(false);
    expect(remainingAt(paused, NOON + 99_000)).toBe(50_000);
    const resumed = start(paused, NOON + 100_000);
    expect(remainingAt(resumed, NOON + 105_000)).toBe(45_000);
  });

  it('finishes exactly at its end and stays finished', () => {
    const timer = start(createTimer(60), NOON);
    expect(isFinishedAt(timer, NOON + 59_999)).toBe(false);
    expect(isFinishedAt(timer, NOON + 60_000)).toBe(true);
    expect(remainingAt(timer, NOON + 3_600_000)).toBe(0);
    expect(progressAt(timer, NOON + 3_600_000)).toBe(1);
  });

  it('starts over after a reset', () => {
    const timer = reset(start(createTimer(60), NOON));
    expect(timer).toEqual(createTimer(60));
  });

  it('does not give time back when the clock is set back', () => {
    const timer = start(createTimer(60), NOON);
    expect(remainingAt(timer, NOON - 30_000)).toBe(60_000);
  });

  it('of no length is finished from the beginning', () => {
    expect(isFinishedAt(createTimer(0), NOON)).toBe(true);
    expect(progressAt(createTimer(0), NOON)).toBe(1);
  });

  it('is a value: starting it leaves the original alone', () => {
    const timer = createTimer(60);
    start(timer, NOON);
    expect(isRunning(timer)).toBe(false);
  });
});
