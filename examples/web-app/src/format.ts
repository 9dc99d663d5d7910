/** `3:05`. Begun seconds count, so that `0:00` means finished. */
export function formatClock(milliseconds: number): string {
  const { minutes, seconds } = split(milliseconds);
  return `${minutes}:${String(seconds).padStart(2, '0')}`;
}

/** `3 minutes 5 seconds`: the same for sentences and screen readers. */
export function formatWords(milliseconds: number): string {
  const { minutes, seconds } = split(milliseconds);
  const words: string[] = [];
  if (minutes > 0) words.push(count(minutes, 'minute'));
  if (seconds > 0 || minutes === 0) words.push(count(seconds, 'second'));
  return words.join(' ');
}

function split(milliseconds: number): { minutes: number; seconds: number } {
  const total = Math.max(0, Math.ceil(milliseconds / 1000));
  return { minutes: Math.floor(total / 60), seconds: total % 60 };
}

function count(amount: number, unit: string): string {
  return `${amount} ${unit}${amount === 1 ? '' : 's'}`;
}
