import {
  filesIn,
  isSentence,
  parse,
  ruleReferencesIn,
  rulesInSource,
  rulesInTest,
  sentencesIn,
  type Sentences,
} from './sentences';

const sources = filesIn('src').map((file) => parse(file));
const tests = filesIn('test').map((file) => parse(file));
const asserted = sentencesIn(tests, rulesInTest);

function repeatedIn(sentences: Sentences): string[] {
  return [...sentences]
    .filter(([sentence, files]) => files.size > 1 && isSentence(sentence))
    .map(([sentence, files]) => `'${sentence}' in ${[...files].join(', ')}`);
}

test('reads rules of sources and tests, across literals', () => {
  const source = "problems.add('be a text ' + 'of two parts', 1, 'fix it');\nconst rule = `be ${a} of the list`;";
  expect(rulesInSource(parse('a.ts', source))).toEqual(['be a text of two parts', 'be * of the list']);
  expect(rulesInTest(parse('a.test.ts', '"\'a\' must be a text " + `of two parts, got ${b}`'))).toEqual([
    'be a text of two parts',
  ]);
});

test('each rule of an error is in one file of the sources', () => {
  expect(repeatedIn(sentencesIn(sources, rulesInSource))).toEqual([]);
});

test('each rule of an error is spelled out in one file of the tests', () => {
  expect(repeatedIn(asserted)).toEqual([]);
});

test('each rule that a test refers to is spelled out in another test', () => {
  const references = tests.flatMap(ruleReferencesIn);
  expect(references.length).toBeGreaterThan(100);
  const spelledOut = new Set(asserted.keys());
  const missing = references.filter(({ sentence }) => !spelledOut.has(sentence));
  expect(missing.map(({ place, sentence }) => `${place}: ${sentence}`)).toEqual([]);
});
