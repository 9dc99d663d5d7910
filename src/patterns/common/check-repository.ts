import { CfnResource, aws_ecr as ecr, Stack, Annotations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { imageConsumers } from '../../pipeline/image-consumers';
import type { PipelinePlan } from '../../pipeline/pipeline-plan';
import { problem, type Problem } from '../../pipeline/problems';

/**
 * Validates that a repository is not in the stack of the pipeline. The pipeline depends on services, which depend on
 * the repository. If a service were in another stack, the dependency would be circular; otherwise the stack of the
 * pipeline would wait for services, which wait for an image of the pipeline.
 */
export function checkRepositoryPlace(prop: string, scope: Construct, repository: ecr.IRepository): Problem[] {
  const { defaultChild } = repository.node;
  const isImported = defaultChild === undefined || !CfnResource.isCfnResource(defaultChild);
  if (isImported || Stack.of(repository) !== Stack.of(scope)) return [];
  const fix = "create it in a separate stack, e.g. new ContainerRepository(new Stack(app, 'Images'), 'Images')";
  return [
    problem(prop, 'not be in the stack of the pipeline, because services depend on it', repository.node.path, fix),
  ];
}

/** Describes an account that pulls images of a repository in another account. */
interface CrossAccountPull {
  readonly account: string;
  readonly repository: ecr.IRepository;
  readonly resource: ecr.CfnRepository;
}

/**
 * Adds a warning if the policy of a repository does not allow another account to pull. It is evaluated at the end of
 * the synthesis, because the policy can be extended until then. It is not an error, because a policy of the registry
 * may allow the pull.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policy-examples.html
 */
export function checkPullAccess(scope: Construct, plan: PipelinePlan): void {
  const pulls = crossAccountPulls(plan);
  if (pulls.length === 0) return;
  scope.node.addValidation({
    validate: () => {
      for (const { account, resource, repository } of pulls) {
        if (allowsPull(resource, account)) continue;
        const { path } = repository.node;
        Annotations.of(scope).addWarningV2(
          `cdk-pipeline-patterns:cross-account-pull[${path.replace(/\//g, '-')}-${account}]`,
          `The account ${account} runs images of ${path}, but the policy of the repository does not allow it to ` +
            `pull them. Set pullAccounts: ['${account}'] of ContainerRepository, or call ` +
            `repository.grantPull(new iam.AccountPrincipal('${account}')).`,
        );
      }
      return [];
    },
  });
}

/** Returns the pulls by accounts other than that of the repository, without duplicates. */
function crossAccountPulls(plan: PipelinePlan): CrossAccountPull[] {
  const environments = plan.stages.flatMap((stage) => stage.environments ?? []);
  const accounts = new Map(environments.map(({ name, env }) => [name, env.account] as const));
  const pulls = new Map<string, CrossAccountPull>();
  for (const { image, environment } of imageConsumers(plan)) {
    const account = accounts.get(environment);
    const resource = image?.repository.node.defaultChild;
    if (image === undefined || account === undefined || !(resource instanceof ecr.CfnRepository)) continue;
    if (account === Stack.of(resource).account) continue;
    pulls.set(`${resource.node.path} ${account}`, { account, resource, repository: image.repository });
  }
  return [...pulls.values()];
}

/** Returns whether a policy contains the account, all principals, or an organization, whose members are unknown. */
function allowsPull(resource: ecr.CfnRepository, account: string): boolean {
  const policy = JSON.stringify(Stack.of(resource).resolve(resource.repositoryPolicyText) ?? {});
  return [account, '"*"', 'aws:PrincipalOrg'].some((text) => policy.includes(text));
}
