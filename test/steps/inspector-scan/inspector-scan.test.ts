import { TestStep } from '../../../src';
import { complaints, deliveryTemplate, source, stepsOf, verdictsOf } from '../../helpers/delivery';
import { actionNamed, repositoryOf } from '../../helpers/test-steps';

describe('Inspector', () => {
  test('accepts no critical and no high findings by default', () => {
    expect(actionNamed(deliveryTemplate(stepsOf(() => [TestStep.inspectorScan()])), 'Scan')).toMatchObject({
      ActionTypeId: { Category: 'Invoke', Provider: 'InspectorScan' },
      Configuration: { InspectorRunMode: 'SourceCodeScan', CriticalThreshold: '0', HighThreshold: '0' },
      InputArtifacts: [{ Name: 'Source' }],
      OutputArtifacts: [{ Name: 'Scan' }],
    });
  });

  test('scans an image', () => {
    const template = deliveryTemplate(
      stepsOf((stack) => [
        TestStep.inspectorImageScan(repositoryOf(stack), {
          imageTag: source.variable('CommitId'),
          maxCritical: 1,
          maxHigh: 2,
          maxMedium: 3,
          maxLow: 4,
        }),
      ]),
    );
    const scan = actionNamed(template, 'Scan');
    expect(scan.InputArtifacts).toBeUndefined();
    expect(scan.Configuration).toMatchObject({
      InspectorRunMode: 'ECRImageScan',
      ImageTag: '#{Source-vars.CommitId}',
      CriticalThreshold: '1',
      HighThreshold: '2',
      MediumThreshold: '3',
      LowThreshold: '4',
    });
    expect(scan.Configuration!.ECRRepositoryName).toEqual({ Ref: expect.stringMatching(/^Images/) });
  });

  test.each([
    ['source', stepsOf(() => [TestStep.inspectorScan()])],
    ['image builds', stepsOf((stack) => [TestStep.inspectorImageScan(repositoryOf(stack))])],
  ])('grants the scan of %s all its calls', (_name, props) => {
    expect(verdictsOf(props)).toEqual({ denied: [], unmodelled: [], unknown: [] });
  });

  test('rejects negative or fractional thresholds and inputs of an image scan', () => {
    const options = { maxHigh: -1, maxLow: 0.5, inputs: [source.artifact] };
    const range = `be a whole number of findings between 0 and ${Number.MAX_SAFE_INTEGER}`;
    expect(complaints(stepsOf((stack) => [TestStep.inspectorImageScan(repositoryOf(stack), options)]))).toEqual([
      `'stages[0].steps[0].maxHigh' must ${range}, got -1; choose a value in that range`,
      `'stages[0].steps[0].maxLow' must ${range}, got 0.5; choose a value in that range`,
      '\'stages[0].steps[0].inputs\' must not be set, got "1 artifacts"; remove it; the step scans an image',
    ]);
  });
});
