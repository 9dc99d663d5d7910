import type { StepPlan } from '../pipeline/pipeline-plan';
import { allow, type Statement } from '../render/grants';
import type { RenderContext } from '../render/rendered';

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodeBuild.html */
export function runBuildStatements(projectArn: string): Statement[] {
  return [allow(['codebuild:StartBuild', 'codebuild:BatchGetBuilds'], [projectArn])];
}

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodeBuild.html */
export function runBatchStatements(projectArn: string): Statement[] {
  return [allow(['codebuild:StartBuildBatch', 'codebuild:BatchGetBuildBatches'], [projectArn])];
}

/** Returns what a build must be allowed that clones sources whose artifacts are references. */
export function sourceStatements({ plan, earlier }: RenderContext, { inputs }: StepPlan): Statement[] {
  const clones = plan.stages[0].actions.filter(
    ({ fullClone, outputs }) => fullClone && outputs.some((name) => inputs.includes(name)),
  );
  return clones.flatMap(({ name }) => earlier.get(name)?.cloneStatements ?? []);
}

/**
 * For a build whose commands publish the assets of a CDK app, or deploy it: each role of `cdk bootstrap` by its name.
 * What these may do was decided when the environments were bootstrapped.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html
 */
export function assumeRoleStatements(roleArns: readonly string[]): Statement[] {
  if (roleArns.length === 0) return [];
  const resources = roleArns.map((arn) => ({ 'Fn::Sub': arn }));
  return [allow(['sts:AssumeRole'], resources)];
}
