import type { aws_iam as iam } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { DeployedSite } from '../../deploy/deployed-site';
import { fail, problem } from '../../plan/problems';
import type { RenderedBuild, RenderedPipeline } from '../../render/rendered';

/** The build of a step with a project of its own. */
export const buildIn = (pattern: Construct, { builds }: RenderedPipeline, stepName: string): RenderedBuild =>
  named(pattern, 'stepName', stepName, builds, (one) => one.stepName);

/** The site of an environment. */
export const siteIn = (pattern: Construct, { sites }: RenderedPipeline, environmentName: string): DeployedSite =>
  named(pattern, 'environmentName', environmentName, sites, (one) => one.environmentName);

/** The role with which CloudFormation works on the stack of an environment. */
export const deploymentRoleIn = (pattern: Construct, { stacks }: RenderedPipeline, environmentName: string): iam.IRole =>
  named(pattern, 'environmentName', environmentName, stacks, (one) => one.environmentName).deploymentRole;

function named<T>(pattern: Construct, prop: string, name: string, all: readonly T[], nameOf: (one: T) => string): T {
  const found = all.find((one) => nameOf(one) === name);
  if (found) return found;
  const rule = all.length > 0 ? `be one of ${all.map((one) => `'${nameOf(one)}'`).join(', ')}` : 'name something that there is';
  return fail(pattern, [problem(prop, rule, name, 'use the name that it was given')]);
}
