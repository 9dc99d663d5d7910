// The samples of README.md and docs/, as files of a program. A sample that imports is complete; another one is placed in
// the stack of the fixture, below its declarations.
const fs = require('fs');
const path = require('path');

const ROOT = path.join(__dirname, '..');
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
function samplesOf(page, text = fs.readFileSync(path.join(ROOT, page), 'utf8')) {
  return [...text.matchAll(/^( *)```(?:ts|typescript)\b[^\n]*\n([\s\S]*?)^ *```$/gm)].map(({ 2: sample, index }) => [
    `${page}:${text.slice(0, index).split('\n').length}`,
    programOf(sample),
  ]);
}

/** Returns the pages in a folder and in the folders below it. */
function pagesBelow(folder) {
  return fs.readdirSync(path.join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return pagesBelow(name);
    return name.endsWith('.md') ? [name] : [];
  });
}

/** Samples of README.md are compiled by `npx projen rosetta`, too; here an error names the line. */
const samples = ['README.md', ...pagesBelow('docs')].flatMap((page) => samplesOf(page));
if (samples.length < 40) throw new Error(`docs/ has ${samples.length} samples: the pattern that finds them is wrong`);

/** A sample that cannot compile, so that it shows when samples are not compiled. */
const BROKEN = 'broken sample';

const files = new Map(
  [...samples, [BROKEN, programOf('new WebAppPipeline(this, "Site", {});')]].map(([place, text], i) => [
    path.join(ROOT, `sample-${i}.ts`),
    { place, text },
  ]),
);

module.exports = { files, BROKEN, samplesOf };
