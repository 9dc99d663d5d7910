import { createRequire } from 'node:module';

interface Samples {
  readonly files: ReadonlyMap<string, { readonly place: string }>;
  samplesOf(page: string, text: string): ReadonlyArray<readonly [place: string, program: string]>;
}

const { files, samplesOf } = createRequire(__filename)('../../projenrc/samples') as Samples;

test('samples are found in nested folders, with any attribute of their fence', () => {
  const places = [...files.values()].map(({ place }) => place);
  expect(places.some((place) => place.startsWith('README.md'))).toBe(true);
  expect(places.some((place) => place.startsWith('docs/reference/'))).toBe(true);
  const page = '```ts nofixture\nimport a;\n```\n- item\n  ```ts\n  broken();\n  ```\n```sh\nnpm ci\n```\n';
  expect(samplesOf('page', page).map(([place]) => place)).toEqual(['page:1', 'page:5']);
});
