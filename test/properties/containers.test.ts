import { aws_ecs as ecs, Duration, Stack } from 'aws-cdk-lib';
import fc from 'fast-check';
import {
  BuildStep,
  ContainerPipeline,
  type ContainerPipelineProps,
  DeploymentEnvironment,
  DeployTarget,
  ImageScan,
  PipelineSource,
  Rollout,
} from '../../src';
import { readInput } from '../../src/assembly/input';
import { check } from '../../src/check/check';
import { denialsOf, unmodelledOf } from '../check/verdicts';
import { blueGreenIn } from '../helpers/blue-green';
import { repositoryOf, serviceIn } from '../helpers/services';
import { jsonOf, newApp, pipelineOf } from '../helpers/synth';

const HOME = { account: '111111111111', region: 'eu-west-1' };
const ABROAD = { account: '222222222222', region: 'eu-central-1' };
const source = PipelineSource.gitHub('acme/shop', 'main');

// Targets as data: what belongs to a stack is made when the stack is there.
interface LeafSeed {
  readonly kind: 'rolling' | 'canary' | 'linear' | 'all-at-once' | 'native' | 'task';
  /** Which of the images. */
  readonly image: number;
  readonly percentage: number;
  readonly minutes: number;
}
type TargetSeed = LeafSeed | { readonly inOrder: boolean; readonly of: readonly TargetSeed[] };
interface EnvironmentSeed {
  readonly abroad: boolean;
  readonly target: TargetSeed;
}
interface Seed {
  readonly images: number;
  readonly scan: boolean;
  readonly environments: readonly EnvironmentSeed[];
}

const leaf: fc.Arbitrary<LeafSeed> = fc.record({
  kind: fc.constantFrom(
    'rolling' as const,
    'canary' as const,
    'linear' as const,
    'all-at-once' as const,
    'native' as const,
    'task' as const,
  ),
  image: fc.nat({ max: 2 }),
  percentage: fc.integer({ min: 10, max: 50 }),
  minutes: fc.integer({ min: 1, max: 60 }),
});

function group(of: fc.Arbitrary<TargetSeed>): fc.Arbitrary<TargetSeed> {
  return fc.record({ inOrder: fc.boolean(), of: fc.array(of, { minLength: 1, maxLength: 3 }) });
}

const seeds: fc.Arbitrary<Seed> = fc.record({
  images: fc.integer({ min: 1, max: 3 }),
  scan: fc.boolean(),
  environments: fc.array(
    fc.record({ abroad: fc.boolean(), target: fc.oneof(leaf, group(leaf), group(fc.oneof(leaf, group(leaf)))) }),
    { minLength: 1, maxLength: 2 },
  ),
});

/** The leaves in their order, and the names of those that must have ended before each of them. */
interface Leaf {
  readonly name: string;
  readonly seed: LeafSeed;
  readonly after: readonly string[];
}

function leavesOf(seed: TargetSeed, path: string, after: readonly string[] = []): Leaf[] {
  if ('kind' in seed) return [{ name: path, seed, after }];
  const groups: Leaf[][] = [];
  for (const [i, one] of seed.of.entries()) {
    groups.push(leavesOf(one, `${path}-${i}`, seed.inOrder && i > 0 ? groups[i - 1].map(({ name }) => name) : after));
  }
  return groups.flat();
}

function targetOf(
  stack: Stack,
  environment: string,
  seed: TargetSeed,
  path: string,
  images: readonly BuildStep[],
): DeployTarget {
  if (!('kind' in seed)) {
    const parts = seed.of.map((one, i) => targetOf(stack, environment, one, `${path}-${i}`, images));
    return seed.inOrder ? DeployTarget.inOrder(parts) : DeployTarget.together(parts);
  }
  const { kind, image, percentage, minutes } = seed;
  const id = `${environment}-${path}`;
  const common = { deploymentName: path, images: { web: images[image % images.length] } };
  const wait = Duration.minutes(minutes);
  switch (kind) {
    case 'rolling':
      return DeployTarget.ecsService(serviceIn(stack, id), common);
    case 'native':
      return DeployTarget.ecsService(
        serviceIn(stack, id, { deploymentStrategy: ecs.DeploymentStrategy.BLUE_GREEN, bakeTime: wait }),
        common,
      );
    case 'task': {
      const { taskDefinition, cluster, connections } = serviceIn(stack, id);
      return DeployTarget.ecsTask(taskDefinition, cluster, {
        ...common,
        command: ['migrate'],
        securityGroups: connections.securityGroups,
      });
    }
    default: {
      const { service, traffic } = blueGreenIn(stack, id);
      const rollout = {
        canary: Rollout.canary(percentage, wait),
        linear: Rollout.linear(percentage, wait),
        'all-at-once': Rollout.allAtOnce(),
      }[kind];
      return DeployTarget.ecsService(service, { ...common, deploymentController: traffic, rollout });
    }
  }
}

function made({ images: count, scan, environments }: Seed) {
  const app = newApp();
  const stack = new Stack(app, 'Shop', { env: HOME });
  const places = { home: new Stack(app, 'Near', { env: HOME }), abroad: new Stack(app, 'Abroad', { env: ABROAD }) };
  const images = Array.from({ length: count }, (_, i) =>
    BuildStep.dockerImage(repositoryOf(stack, `acme/image-${i}`), { stepName: `Image${i}` }),
  );
  const props: ContainerPipelineProps = {
    source,
    image: images[0],
    additionalImages: images.slice(1),
    scan: scan ? ImageScan.inspector() : ImageScan.none(),
    environments: environments.map(
      ({ abroad, target }, i) =>
        new DeploymentEnvironment(`env${i}`, {
          target: targetOf(abroad ? places.abroad : places.home, `env${i}`, target, 'T', images),
        }),
    ),
  };
  new ContainerPipeline(stack, 'Api', props);
  return { app, stack };
}

test(
  'any targets, composed in any way, are deployed in their order, by digest, under one role for each environment, ' +
    'which may do it',
  () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { app, stack } = made(seed);
        const { Stages } = pipelineOf(jsonOf(stack));
        for (const [i, { target }] of seed.environments.entries()) {
          const actions = Stages.find(({ Name }) => Name === `env${i}`)!.Actions;
          expect(new Set(actions.map(({ RoleArn }) => JSON.stringify(RoleArn))).size).toBe(1);
          const leaves = leavesOf(target, 'T');

          function stepsOf(name: string) {
            return actions.filter((action) => new RegExp(`^(Prepare|Deploy|Run)-env${i}-${name}$`).test(action.Name));
          }

          for (const {
            name,
            seed: { kind, image },
            after,
          } of leaves) {
            const steps = stepsOf(name);
            expect(steps.map(({ Name }) => Name.split('-')[0])).toEqual(
              kind === 'task' ? ['Run'] : ['Prepare', 'Deploy'],
            );
            if (kind !== 'task') expect(steps[0].RunOrder).toBeLessThan(steps[1].RunOrder);
            expect(steps[0].InputArtifacts).toEqual([{ Name: `Image${image % seed.images}` }]);
            expect(JSON.stringify(steps[0].Commands)).toContain('@sha256:');
            for (const step of steps) expect(JSON.stringify(step.Commands ?? [])).not.toContain('#{');
            for (const before of after.flatMap(stepsOf)) expect(before.RunOrder).toBeLessThan(steps[0].RunOrder);
          }
          expect(actions).toHaveLength(leaves.reduce((sum, { seed: { kind } }) => sum + (kind === 'task' ? 1 : 2), 0));
        }
        const report = check(readInput(app.synth().directory));
        expect([denialsOf(report), unmodelledOf(report)]).toEqual([[], []]);
      }),
      { numRuns: 25 },
    );
  },
  180_000,
);

const words = fc.oneof(
  fc.constantFrom('', 'x y', 'ä', '__proto__', 'ActionRole', 'a'.repeat(31), '${Token[X]}', '-'),
  fc.string({ maxLength: 6 }),
);
const numbers = fc.oneof(fc.constantFrom(-1, 0, 0.5, 100, 3000, Number.NaN), fc.integer({ min: -5, max: 4000 }));

test('accepts any options of a service, or reports a clear error', () => {
  function or<T>(fits: T, any: fc.Arbitrary<T>) {
    return fc.oneof({ weight: 3, arbitrary: fc.constant(fits) }, { weight: 1, arbitrary: any });
  }

  const wild = fc.record({
    deploymentName: or('Api', words),
    containerName: or('web', words),
    imageFor: or('web', words),
    timeout: or(20, numbers),
    percentage: or(10, numbers),
    minutes: or(5, numbers),
    codeDeploy: fc.boolean(),
  });
  let [taken, outputs] = [0, 0];
  fc.assert(
    fc.property(wild, ({ deploymentName, containerName, imageFor, timeout, percentage, minutes, codeDeploy }) => {
      const app = newApp();
      const stack = new Stack(app, 'Shop', { env: HOME });
      const near = new Stack(app, 'Near', { env: HOME });

      function some(value: number) {
        return Duration.seconds(Math.max(0, Number.isNaN(value) ? 0 : value) * 60);
      }

      const image = BuildStep.dockerImage(repositoryOf(stack));
      const { service, traffic } = codeDeploy
        ? blueGreenIn(near, 'api')
        : { service: serviceIn(near, 'api'), traffic: undefined };
      try {
        new ContainerPipeline(stack, 'Api', {
          source,
          image,
          environments: [
            new DeploymentEnvironment('live', {
              target: DeployTarget.ecsService(service, {
                deploymentName,
                containerName,
                images: { [imageFor]: image },
                ...(codeDeploy
                  ? { deploymentController: traffic, rollout: Rollout.canary(percentage, some(minutes)) }
                  : { deploymentTimeout: some(timeout) }),
              }),
            }),
          ],
        });
        taken++;
      } catch (error) {
        outputs++;
        const lines = (error as Error).message.split('\n');
        for (const line of lines) {
          expect(line).toMatch(/^\[ContainerPipeline Shop\/Api\] '[^']+' must .+, got .+; .+$/s);
        }
        expect(new Set(lines).size).toBe(lines.length);
      }
    }),
    {
      numRuns: 60,
      examples: ['ActionRole', 'Outputs'].map((deploymentName) => [
        {
          deploymentName,
          containerName: 'web',
          imageFor: 'web',
          timeout: 20,
          percentage: 10,
          minutes: 5,
          codeDeploy: true,
        },
      ]),
    },
  );
  expect([taken > 0, outputs > 0]).toEqual([true, true]);
}, 120_000);
