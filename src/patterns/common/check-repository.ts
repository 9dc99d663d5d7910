import { CfnResource, aws_ecr as ecr, Stack, Annotations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { imageConsumers } from '../../pipeline/image-consumers';
import type { PipelinePlan } from '../../pipeline/pipeline-plan';
import { problem, type Problem } from '../../pipeline/problems';

/**
 * Services use the repository and the pipeline uses the services: one that is made beside the pipeline closes the
 * circle as soon as a service is in another stack, and else lets the stack of the pipeline wait for services that wait
 * for an image.
 */
export function checkRepositoryPlace(prop: string, scope: Construct, repository: ecr.IRepository): Problem[] {
  const { defaultChild } = repository.node;
  const made = defaultChild !== undefined && CfnResource.isCfnResource(defaultChild);
  return !made || Stack.of(repository) !== Stack.of(scope)
    ? []
    : [
        problem(
          prop,
          'be outside of the stack of the pipeline, since services depend on it',
          repository.node.path,
          "put it into a stack of its own, e.g. new ContainerRepository(new Stack(app, 'Images'), 'Images')",
        ),
      ];
}

/**
 * Another account pulls what the policy of the repository lets it, and nothing else. The policy may be added to until
 * the app is synthesized, so it is looked at then. A warning, since a policy of the registry may let it, too.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policy-examples.html
 */
export function checkPullAccess(scope: Construct, plan: PipelinePlan): void {
  const accounts = new Map(
    plan.stages.flatMap(({ environments = [] }) => environments.map(({ name, env }) => [name, env.account] as const)),
  );
  const pulls = new Map(
    imageConsumers(plan).flatMap(({ image, environment }) => {
      const account = accounts.get(environment);
      const resource = image?.repository.node.defaultChild;
      return account === undefined || !(resource instanceof ecr.CfnRepository) || account === Stack.of(resource).account
        ? []
        : [[`${resource.node.path} ${account}`, { account, resource, path: image!.repository.node.path }] as const];
    }),
  );
  if (pulls.size === 0) return;
  scope.node.addValidation({
    validate: () => {
      for (const { account, resource, path } of pulls.values()) {
        if (lets(resource, account)) continue;
        Annotations.of(scope).addWarningV2(
          `cdk-pipeline-patterns:other-account-pulls[${path.replace(/\//g, '-')}-${account}]`,
          `The account ${account} runs what is pushed to ${path}, and the policy of the repository does not let ` +
            'it pull. ' +
            `Say pullAccounts: ['${account}'] of ContainerRepository, or let it by repository.grantPull(new ` +
            `iam.AccountPrincipal('${account}')).`,
        );
      }
      return [];
    },
  });
}

/** Whether the policy names the account, everybody, or an organization, of which nobody knows here who is in it. */
function lets(resource: ecr.CfnRepository, account: string): boolean {
  const policy = JSON.stringify(Stack.of(resource).resolve(resource.repositoryPolicyText) ?? {});
  return [account, '"*"', 'aws:PrincipalOrg'].some((text) => policy.includes(text));
}
