/*
 * sarif-2.1.0.schema.json is the schema of OASIS as SchemaStore publishes it (Apache-2.0) and as it is in the package
 * @microsoft/jest-sarif 1.0.0-beta.0 (MIT). It is unchanged.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import draft04 from 'ajv/lib/refs/json-schema-draft-04.json';
import { check } from '../../../src/check/check';
import { reportSarif } from '../../../src/check/report/sarif';
import { smallPipeline, statements } from '../../helpers/small-pipeline';

const ajv = new Ajv({ schemaId: 'auto', allErrors: true });
ajv.addMetaSchema(draft04);
const isValid = ajv.compile(JSON.parse(readFileSync(join(__dirname, 'sarif-2.1.0.schema.json'), 'utf8')) as object);

/** Returns the violations of the schema, with their paths. */
function violationsOf(document: unknown): string[] {
  isValid(document);
  return (isValid.errors ?? []).map(({ dataPath, message }) => `${dataPath} ${message}`);
}

/** Returns the document for a pipeline with a denied call and a stage of the name. */
function documentOf(stageName: string) {
  const report = check(
    smallPipeline(({ RolePolicy, Pipeline }) => {
      statements(RolePolicy.Properties.PolicyDocument, 'Publish');
      Pipeline.Properties.Stages[1].Name = stageName;
    }),
  );
  return JSON.parse(reportSarif(report, '1.2.3')) as { runs: Array<{ results: Array<Record<string, unknown>> }> };
}

test.each(['Approve', 'Ask\n::error::forged <&">\u001b[31m', 'ü/%0A ✓ [x', ' '])('a stage %j', (name) => {
  const document = documentOf(name);

  expect(document.runs[0].results.length).toBeGreaterThan(0);
  expect(violationsOf(document)).toEqual([]);
});

test('the report without pipelines is valid', () => {
  expect(violationsOf(JSON.parse(reportSarif(check([]), '1.2.3')))).toEqual([]);
});

test('the schema finds a wrong report', () => {
  const document = documentOf('Approve');
  document.runs[0].results[0].level = 'fatal';

  expect(violationsOf(document)).toEqual([
    expect.stringMatching(/^\.runs\[0\]\.results\[0\]\.level should be equal to one of/),
  ]);
});
