/**
 * A timer as a value. It reads no clock: callers pass the time in milliseconds, so neither a sleeping browser tab nor a
 * slow one makes it late.
 */
export interface Timer {
  readonly duration: number;
  /** Milliseconds that elapsed before the last start. */
  readonly elapsed: number;
  /** Absent while the timer is stopped. */
  readonly startedAt?: number;
}

export function createTimer(seconds: number): Timer {
  return { duration: seconds * 1000, elapsed: 0 };
}

export function isRunning(timer: Timer): boolean {
  return timer.startedAt !== undefined;
}

export function start(timer: Timer, now: number): Timer {
  return isRunning(timer) ? timer : { ...timer, startedAt: now };
}

export function pause(timer: Timer, now: number): Timer {
  return { duration: timer.duration, elapsed: elapsedAt(timer, now) };
}

export function reset(timer: Timer): Timer {
  return { duration: timer.duration, elapsed: 0 };
}

export function remainingAt(timer: Timer, now: number): number {
  return timer.duration - elapsedAt(timer, now);
}

export function isFinishedAt(timer: Timer, now: number): boolean {
  return remainingAt(timer, now) === 0;
}

/** From 0 to 1. */
export function progressAt(timer: Timer, now: number): number {
  return timer.duration === 0 ? 1 : elapsedAt(timer, now) / timer.duration;
}

function elapsedAt(timer: Timer, now: number): number {
  // A clock that was set back must not give time back.
  const sinceStart = timer.startedAt === undefined ? 0 : Math.max(0, now - timer.startedAt);
  return Math.min(timer.duration, timer.elapsed + sinceStart);
}
