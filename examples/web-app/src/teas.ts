export interface Tea {
  readonly id: string;
  readonly name: string;
  /** Of the water, in degrees Celsius. */
  readonly temperature: number;
  /** Of the first infusion. */
  readonly seconds: number;
  /** What each later infusion takes longer than the one before it. */
  readonly extraSeconds: number;
  /** How often the leaves can be brewed. */
  readonly infusions: number;
}

export const TEAS: readonly [Tea, ...Tea[]] = [
  { id: 'black', name: 'Black', temperature: 95, seconds: 240, extraSeconds: 60, infusions: 2 },
  { id: 'green', name: 'Green', temperature: 75, seconds: 120, extraSeconds: 30, infusions: 3 },
  { id: 'oolong', name: 'Oolong', temperature: 90, seconds: 180, extraSeconds: 20, infusions: 5 },
  { id: 'white', name: 'White', temperature: 80, seconds: 210, extraSeconds: 45, infusions: 3 },
  { id: 'rooibos', name: 'Rooibos', temperature: 100, seconds: 360, extraSeconds: 0, infusions: 1 },
];

export function findTea(id: string): Tea | undefined {
  return TEAS.find((tea) => tea.id === id);
}

/** How long an infusion takes; the first has number 1. */
export function brewingSeconds(tea: Tea, infusion: number): number {
  if (!Number.isInteger(infusion) || infusion < 1 || infusion > tea.infusions) {
    throw new RangeError(`${tea.name} tea has no infusion ${infusion}.`);
  }
  return tea.seconds + (infusion - 1) * tea.extraSeconds;
}
