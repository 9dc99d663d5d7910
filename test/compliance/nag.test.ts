import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as cdk from 'aws-cdk-lib';
import {
  AwsSolutionsChecks,
  HIPAASecurityChecks,
  NIST80053R4Checks,
  NIST80053R5Checks,
  PCIDSS321Checks,
} from 'cdk-nag';
import { transpileModule } from 'typescript';
import * as library from '../../src';
import { made, webApp, type Make } from '../helpers/synth';
import { ACROSS } from '../laws/across-variants';
import { ALL_VARIANTS } from '../laws/all-variants';
import { source } from '../laws/variants';

const PACKS = [AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R4Checks, NIST80053R5Checks, PCIDSS321Checks];
const page = readFileSync(join(__dirname, '../../docs/reference/nag.md'), 'utf8');

interface Finding {
  rule: string;
  path: string;
}

function findingsOf({ app }: { app: cdk.App }): Finding[] {
  return PACKS.flatMap((Pack) =>
    new Pack(app).validateScope(app).violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath }) => ({
        rule: ruleName,
        path: constructPath!.replace(/^Shop\/(Site\w*\/|(?=ServiceImages\/))/, '').replace(/\/Resource$/, ''),
      })),
    ),
  );
}

/** A cell of the table as a pattern: `*` stands for anything, `\\*` for itself. */
function like(text: string) {
  const replacements: Record<string, string> = { '*': '.*', '\\*': '\\*' };
  const pattern = text.replace(/\\\*|\*|[.+?^${}()|[\]\\]/g, (token) => replacements[token] ?? `\\${token}`);
  return new RegExp(`^${pattern}$`);
}

const rows = [...page.matchAll(/^\| `([^`]+)` \| `([^`]+)` \| (.+) \|$/gm)].map(([row, rule, on, reason]) => ({
  row,
  rule: like(rule),
  on: like(on),
  reason,
}));
const FREEZES: Make[] = [
  (stack, id) => new library.ReleaseFreeze(stack, id),
  (stack, id) =>
    new library.ReleaseFreeze(stack, id, { freezeState: library.FreezeState.changeCalendar(['company-holidays']) }),
];
const IMAGE: Make = (stack, id) =>
  new library.ServiceImage(stack, id, {
    repository: cdk.aws_ecr.Repository.fromRepositoryName(stack, `${id}Repository`, 'acme/api'),
  });
const WATCHED: Make[] = [
  library.PipelineMonitoring.standard(),
  library.PipelineMonitoring.standard({ maxDuration: cdk.Duration.hours(2) }),
].map(
  (monitoring) => (stack, id) =>
    new library.WebAppPipeline(stack, id, {
      source,
      environments: [new library.DeploymentEnvironment('staging'), new library.DeploymentEnvironment('production')],
      monitoring,
    }),
);
/** With a service that is not ours. */
const NATIVE: Make = (stack, id) =>
  new library.DeliveryPipeline(stack, id, {
    sources: [source],
    stages: [
      library.PipelineStage.steps('Build', [
        library.BuildStep.dockerImage(cdk.aws_ecr.Repository.fromRepositoryName(stack, `${id}Images`, 'acme/api'), {
          stepName: 'Image',
        }),
      ]),
      library.PipelineStage.environment(
        new library.DeploymentEnvironment('live', {
          target: library.DeployTarget.ecsService(
            cdk.aws_ecs.FargateService.fromFargateServiceAttributes(stack, `${id}Service`, {
              serviceName: 'api',
              cluster: cdk.aws_ecs.Cluster.fromClusterAttributes(stack, `${id}Cluster`, {
                clusterName: 'apps',
                vpc: undefined as never,
              }),
            }) as cdk.aws_ecs.IBaseService,
            {
              deploymentController: library.ServiceDeploymentController.ecs(),
              family: 'api',
              containerName: 'web',
              taskRoles: [cdk.aws_iam.Role.fromRoleName(stack, `${id}TaskRole`, 'api-task')],
            },
          ),
        }),
      ),
    ],
  });

/** Of pipelines over accounts and regions: with the stacks beside theirs, without those of the user. */
function isOfUser({ path }: Finding) {
  return /^(Code|Dev|Staging|Production|Images|Services(-[^/]+)?)\//.test(path);
}

const across = Object.values(ACROSS).flatMap((make) => {
  const app = new cdk.App();
  make(app);
  return findingsOf({ app }).map(({ rule, path }) => ({
    rule,
    path: path.replace(/^(Blog\/Site|Shop\/\w+|(Shop|Blog)-[^/]+|\w+Access\/Access)\//, ''),
  }));
});
const found = [
  ...[...Object.values(ALL_VARIANTS), ...FREEZES, ...WATCHED, IMAGE, NATIVE].flatMap((make) => findingsOf(made(make))),
  ...across,
].filter((finding) => !isOfUser(finding));

test('documents every finding', () => {
  expect(rows.length).toBeGreaterThan(20);
  expect(found.filter(({ rule, path }) => !rows.some((row) => row.rule.test(rule) && row.on.test(path)))).toEqual([]);
});

test('documents only actual findings, with reasons', () => {
  expect(
    rows
      .filter(({ rule, on }) => !found.some((finding) => rule.test(finding.rule) && on.test(finding.path)))
      .map(({ row }) => row),
  ).toEqual([]);
  for (const { reason } of rows) expect(reason.length).toBeGreaterThan(7);
});

test('documents acknowledgements that cover all findings', () => {
  const [, code] = page.match(/```ts\n([\s\S]+?)```/)!;
  const example = webApp({
    source,
    environments: [new library.DeploymentEnvironment('staging'), new library.DeploymentEnvironment('production')],
  });
  expect(findingsOf(example).length).toBeGreaterThan(0);

  const exports: { acknowledge?: (site: library.WebAppPipeline) => void } = {};
  const modules: Record<string, unknown> = { 'aws-cdk-lib': cdk, 'cdk-pipeline-patterns': library };
  new Function('exports', 'require', transpileModule(code, { compilerOptions: { module: 1 } }).outputText)(
    exports,
    (name: string) => modules[name],
  );
  exports.acknowledge!(example.site);
  expect(findingsOf(example)).toEqual([]);
});
