import fc from 'fast-check';
import { compliantTemplate, findingsIn, type Properties } from './compliant';

/** A place in a template: an object or a list with one of its keys. */
interface Place {
  readonly owner: Properties;
  readonly key: string;
}

function placesIn(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const owner = value as Properties;
  return Object.keys(owner).flatMap((key) => [{ owner, key }, ...placesIn(owner[key])]);
}

/** The changes of a value that random mutation applies. */
const MUTATIONS: ReadonlyArray<(place: Place, other: Place) => void> = [
  ({ owner, key }) => {
    delete owner[key];
  },
  ({ owner, key }) => {
    owner[`${key}x`] = owner[key];
    delete owner[key];
  },
  (place, other) => {
    const value = place.owner[place.key];
    place.owner[place.key] = structuredClone(other.owner[other.key]);
    other.owner[other.key] = value === other.owner ? null : value;
  },
  ...[
    null,
    '',
    0,
    true,
    [],
    {},
    [null],
    [''],
    { Ref: 'Nothing' },
    { 'Fn::If': ['No', 1] },
    '#{a.b}',
    'x'.repeat(3000),
  ].map((value) => ({ owner, key }: Place) => {
    owner[key] = value;
  }),
];

test('no change of a template makes the rules fail', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat()), { minLength: 1, maxLength: 4 }), (mutations) => {
      const template = compliantTemplate();
      const { Properties: pipeline } = template.Resources.Pipeline;
      for (const [mutation, first, second] of mutations) {
        const places = placesIn(pipeline);
        if (places.length === 0) break;
        MUTATIONS[mutation % MUTATIONS.length](places[first % places.length], places[second % places.length]);
      }
      for (const { message } of findingsIn(template)) {
        expect(message).not.toMatch(/undefined|NaN|\[object/);
      }
    }),
    { numRuns: Number(process.env.MUTATION_RUNS ?? 150) },
  );
});
