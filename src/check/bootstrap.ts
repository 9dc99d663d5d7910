import { bootstrapTemplate } from '../assembly/bootstrap';
import type { AssemblyStack } from '../assembly/cloud-assembly';
import { compact } from '../common/compact';

// Matches the bootstrap roles in a template: the qualifier, and the environment if it is concrete.
const BOOTSTRAP_ROLE = new RegExp(
  [
    /cdk-([a-z0-9_-]{1,10})-(?:deploy|cfn-exec|file-publishing|image-publishing|lookup)-role-/,
    /(?:(\d{12})-([a-z]{2}(?:-[a-z]+)+-\d))?/,
  ]
    .map(({ source }) => source)
    .join(''),
  'g',
);

/**
 * Matches a build that runs a command of the CDK CLI. Its template does not need to contain the roles that the CLI
 * assumes. The manifest of the assembly contains them.
 */
const RUNS_CDK = /\bcdk\b[^\n]{0,200}\b(?:deploy|diff|destroy)\b/;

interface Environment {
  readonly account?: string;
  readonly region?: string;
}

/**
 * Returns the bootstrap stacks that the templates use, because an assembly does not contain them. Assumes that the
 * environments are bootstrapped and trust the accounts of the pipelines.
 */
export function bootstrapStacks(stacks: readonly AssemblyStack[]): { stacks: AssemblyStack[]; assumptions: string[] } {
  const qualifiers = new Map<string, Map<string, Environment>>();

  function use(qualifier: string, environment: Environment) {
    const environments = qualifiers.get(qualifier) ?? new Map<string, Environment>();
    qualifiers.set(qualifier, environments.set(nameOf(environment), environment));
  }

  const runsCdk = stacks.some(({ template }) => RUNS_CDK.test(JSON.stringify(template)));
  for (const { template, account, region, deployRoleArn = '' } of stacks) {
    const text = JSON.stringify(template);
    const searched = runsCdk ? `${text} ${deployRoleArn}` : text;
    for (const [, qualifier, roleAccount, roleRegion] of searched.matchAll(BOOTSTRAP_ROLE)) {
      use(qualifier, { account, region });
      if (roleAccount !== undefined) use(qualifier, { account: roleAccount, region: roleRegion });
    }
  }
  const accounts = [...new Set(stacks.filter(hasPipeline).flatMap(({ account }) => account ?? []))];
  const bootstrapped = [...qualifiers].flatMap(([qualifier, environments]) =>
    [...environments.values()].map((environment) => {
      const trustedAccounts = accounts.filter((account) => account !== environment.account);
      return { qualifier, environment, trustedAccounts };
    }),
  );
  return {
    stacks: bootstrapped.map(({ qualifier, environment: { account, region }, trustedAccounts }): AssemblyStack => ({
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
    assumptions: bootstrapped.map(({ qualifier, environment, trustedAccounts }) => {
      const options = compact([
        `--qualifier ${qualifier}`,
        trustedAccounts.length > 0 && `--trust ${trustedAccounts.join(',')}`,
        '--cloudformation-execution-policies arn:aws:iam::aws:policy/AdministratorAccess',
      ]);
      return `${nameOf(environment)} is bootstrapped with ${options.join(' ')}`;
    }),
  };
}

function nameOf({ account, region }: Environment) {
  return `aws://${account ?? 'unknown-account'}/${region ?? 'unknown-region'}`;
}

function hasPipeline({ template }: AssemblyStack) {
  return Object.values(template.Resources ?? {}).some(({ Type }) => Type === 'AWS::CodePipeline::Pipeline');
}
