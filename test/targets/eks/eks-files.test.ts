import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';

const URI = `111111111111.dkr.ecr.eu-west-1.amazonaws.com/shop@sha256:${'a'.repeat(64)}`;

/** A file of the examples, as CodePipeline would make it of the text. */
function filledIn(path: string) {
  const text = readFileSync(join(__dirname, '../../../examples/kubernetes', path), 'utf8').replace(
    /\$IMAGE_URI\b/g,
    URI,
  );
  const parsed = parseDocument(text);
  expect([path, parsed.errors, text.match(/\$\w+/g)]).toEqual([path, [], null]);
  return parsed.toJS() as unknown;
}

test('contains the image in the values of the example after substitution', () => {
  for (const environment of ['staging', 'production']) {
    expect(filledIn(`chart/values-${environment}.yaml`)).toMatchObject({ image: { uri: URI } });
  }
});

test('contains the image in its manifests, whose service selects the pods', () => {
  const deployment = filledIn('manifests/deployment.yaml') as {
    spec: { selector: { matchLabels: object }; template: { metadata: { labels: object } } };
  };
  expect(deployment).toMatchObject({
    kind: 'Deployment',
    spec: { template: { spec: { containers: [{ image: URI }] } } },
  });
  const { selector, template } = deployment.spec;
  expect(template.metadata.labels).toMatchObject(selector.matchLabels);
  expect(filledIn('manifests/service.yaml')).toMatchObject({
    kind: 'Service',
    spec: { selector: selector.matchLabels },
  });
});
