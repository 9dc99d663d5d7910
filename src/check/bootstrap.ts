import { bootstrapTemplate } from '../assembly/bootstrap';
import type { AssemblyStack } from '../assembly/cloud-assembly';

// Roles of `cdk bootstrap` as templates name them: their qualifier, and the environment where it is concrete.
const BOOTSTRAP_ROLE =
  /cdk-([a-z0-9_-]{1,10})-(?:deploy|cfn-exec|file-publishing|image-publishing|lookup)-role-(?:(\d{12})-([a-z]{2}(?:-[a-z]+)+-\d))?/g;

/**
 * A build runs `cdk deploy`: of what its own role may take on nothing need stand in the template, but the manifest of
 * the assembly names it.
 */
const RUNS_DEPLOY = /\bcdk\S* -a \S+ deploy /;

interface Environment {
  readonly account?: string;
  readonly region?: string;
}

/**
 * What `cdk bootstrap` has put into the environments of some stacks, as far as their templates use it: it is in no
 * assembly. It is taken for granted that the environments were bootstrapped, trusting the accounts of the pipelines.
 */
export function bootstrapStacks(stacks: readonly AssemblyStack[]): { stacks: AssemblyStack[]; assumptions: string[] } {
  const qualifiers = new Map<string, Map<string, Environment>>();

  function use(qualifier: string, environment: Environment) {
    const environments = qualifiers.get(qualifier) ?? new Map<string, Environment>();
    qualifiers.set(qualifier, environments.set(nameOf(environment), environment));
  }

  for (const { template, account, region, deployRoleArn = '' } of stacks) {
    const text = JSON.stringify(template);
    for (const [
      ,
      qualifier,
      literalAccount,
      literalRegion,
    ] of `${text} ${RUNS_DEPLOY.test(text) ? deployRoleArn : ''}`.matchAll(BOOTSTRAP_ROLE)) {
      use(qualifier, { account, region });
      if (literalAccount !== undefined) use(qualifier, { account: literalAccount, region: literalRegion });
    }
  }
  const accounts = [...new Set(stacks.filter(hasPipeline).flatMap(({ account }) => account ?? []))];
  const made = [...qualifiers].flatMap(([qualifier, environments]) =>
    [...environments.values()].map((environment) => {
      const trustedAccounts = accounts.filter((account) => account !== environment.account);
      return { qualifier, environment, trustedAccounts };
    }),
  );
  return {
    stacks: made.map(({ qualifier, environment: { account, region }, trustedAccounts }): AssemblyStack => ({
      displayName: `CDKToolkit (${nameOf({ account, region })})`,
      stackName: qualifier === 'hnb659fds' ? 'CDKToolkit' : `CDKToolkit-${qualifier}`,
      account,
      region,
      template: bootstrapTemplate({
        qualifier,
        trustedAccounts,
        cloudFormationExecutionPolicies: ['arn:aws:iam::aws:policy/AdministratorAccess'],
      }),
      parameters: {},
      nested: {},
      directory: '',
      isBootstrap: true,
    })),
    assumptions: made.map(
      ({ qualifier, environment, trustedAccounts }) =>
        `${nameOf(environment)} is bootstrapped with --qualifier ` +
        `${qualifier}${trustedAccounts.length > 0 ? ` --trust ${trustedAccounts.join(',')}` : ''}` +
        ' --cloudformation-execution-policies arn:aws:iam::aws:policy/AdministratorAccess',
    ),
  };
}

function nameOf({ account, region }: Environment) {
  return `aws://${account ?? 'unknown-account'}/${region ?? 'unknown-region'}`;
}

function hasPipeline({ template }: AssemblyStack) {
  return Object.values(template.Resources ?? {}).some(({ Type }) => Type === 'AWS::CodePipeline::Pipeline');
}
