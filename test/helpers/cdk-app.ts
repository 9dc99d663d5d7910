import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, aws_s3_assets as assets, CfnOutput, CfnResource, Stack, Stage, type StageProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** A CDK app whose assembly is in a separate folder. */
export function cdkApp() {
  return new App({ outdir: mkdtempSync(join(tmpdir(), 'cdk-app-')) });
}

/** A stack with one resource, and one file for each text. */
export class Service extends Stack {
  public readonly url = new CfnOutput(this, 'Url', { value: 'https://example.com' });

  public constructor(scope: Construct, id: string, files: readonly string[] = []) {
    super(scope, id);
    new CfnResource(this, 'Parameter', { type: 'AWS::SSM::Parameter', properties: { Type: 'String', Value: id } });
    files.forEach(
      (file, i) =>
        new CfnOutput(this, `Where${i}`, { value: new assets.Asset(this, `Asset${i}`, { path: file }).s3ObjectUrl }),
    );
  }
}

/** A stage with these stacks, each after the one before. */
export function stageOf(
  app: Construct,
  id: string,
  stacks: readonly string[] = ['Api'],
  props: StageProps & { readonly files?: readonly string[] } = {},
) {
  const stage = new Stage(app, id, props);
  const made = stacks.map((stack) => new Service(stage, stack, props.files));
  made.slice(1).forEach((stack, i) => stack.node.addDependency(made[i]));
  return stage;
}
