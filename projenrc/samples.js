// The samples of docs/, as files of a program. A sample that imports stands for itself; any other runs inside of the stack of the fixture, with
// what it declares beside.
const fs = require('fs');
const path = require('path');

const ROOT = path.join(__dirname, '..');
const DOCS = path.join(ROOT, 'docs');
const DECLARATION = /^ *declare const .*$/gm;

const fixture = fs.readFileSync(path.join(ROOT, 'rosetta/default.ts-fixture'), 'utf8');

function programOf(sample) {
  if (/^(import|export) /m.test(sample)) return sample;
  return [
    fixture.replace('/// here', () => sample.replace(DECLARATION, '')),
    ...(sample.match(DECLARATION) ?? []),
  ].join('\n');
}

/** Returns the samples of a page, each with the line that it begins at; a list may indent them. */
function samplesOf(page) {
  const text = fs.readFileSync(path.join(DOCS, page), 'utf8');
  return [...text.matchAll(/^( *)```ts\n([\s\S]*?)^ *```$/gm)].map(({ 2: sample, index }) => [
    `docs/${page}:${text.slice(0, index).split('\n').length}`,
    programOf(sample),
  ]);
}

const samples = fs
  .readdirSync(DOCS)
  .filter((page) => page.endsWith('.md'))
  .flatMap(samplesOf);
if (samples.length < 5) throw new Error(`docs/ has ${samples.length} samples: the pattern that finds them is wrong`);

/** A sample that cannot compile, so that it shows when samples are not compiled. */
const BROKEN = 'broken sample';

const files = new Map(
  [...samples, [BROKEN, programOf('new WebAppPipeline(this, "Site", {});')]].map(([place, text], i) => [
    path.join(ROOT, `sample-${i}.ts`),
    { place, text },
  ]),
);

module.exports = { files, BROKEN };
