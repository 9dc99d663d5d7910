import {
  aws_ec2 as ec2,
  aws_secretsmanager as sm,
  aws_codebuild as codebuild,
  Aws,
  Duration,
  Stack,
} from 'aws-cdk-lib';
import { web, type Make, type Untyped, type WrongInput } from './inputs';
import * as api from '../../../src';
import { A_LIST } from '../../../src/common/rules';
import { OPTIONS } from '../../../src/pipeline/option-names';
import { KNOWN_AT_SYNTH, NO_DUPLICATES, NO_EMPTY_ITEMS, NO_PARENT, RELATIVE_PATH } from '../../../src/pipeline/rules';
import { CLEAN_PATH } from '../../../src/steps/validate-names';

/** The library without its types, as in JavaScript. */
const library: Untyped = api;

/** Rule of strings. */
const A_STRING = 'be a string';

function built(options: Untyped): Make {
  return web(() => ({ buildStep: library.BuildStep.nodeJs(options) }));
}

/** Wrong options of builds. */
export const BUILD_OPTIONS: readonly WrongInput[] = [
  ['nodeVersion number', built({ nodeVersion: 22 }), 'buildStep.nodeVersion', A_STRING],
  ['nodeVersion LTS', built({ nodeVersion: 'lts/*' }), 'buildStep.nodeVersion', "be one of '18', '20', '22', '24'"],
  ['commands string', built({ buildCommands: 'npm run build' }), 'buildStep.buildCommands', A_LIST],
  ['commands null item', built({ buildCommands: ['a', null] }), 'buildStep.buildCommands[1]', A_STRING],
  ['commands nested', built({ buildCommands: [['a']] }), 'buildStep.buildCommands[0]', A_STRING],
  [
    'commands #{',
    built({ buildCommands: ['echo #{variables.X}'] }),
    'buildStep.buildCommands[0]',
    'not contain pipeline variables, because it belongs to a build project',
  ],
  ['sparse', built({ buildCommands: [, 'x'] }), 'buildStep.buildCommands[0]', NO_EMPTY_ITEMS],
  ['outputDirectory /', built({ outputDirectory: '/' }), 'buildStep.outputDirectory', RELATIVE_PATH],
  ['outputDirectory ~', built({ outputDirectory: '~/dist' }), 'buildStep.outputDirectory', RELATIVE_PATH],
  ['outputDirectory C:', built({ outputDirectory: 'C:\\dist' }), 'buildStep.outputDirectory', RELATIVE_PATH],
  ['outputDirectory space', built({ outputDirectory: ' dist' }), 'buildStep.outputDirectory', CLEAN_PATH],
  [
    'directory \\',
    built({ directory: 'a\\b' }),
    'buildStep.directory',
    "not contain quotes, '$', '\\' or control characters",
  ],
  ['directory leading /', built({ directory: '/app' }), 'buildStep.directory', RELATIVE_PATH],
  ['env Map', built({ environmentVariables: new Map([['A', 'b']]) }), 'buildStep.environmentVariables', 'be an object'],
  ['env array', built({ environmentVariables: ['A=b'] }), 'buildStep.environmentVariables', 'be an object'],
  [
    'env CDK form',
    built({ environmentVariables: { A: { value: 'x' } } }),
    'buildStep.environmentVariables.A',
    A_STRING,
  ],
  ['env bool', built({ environmentVariables: { A: true } }), 'buildStep.environmentVariables.A', A_STRING],
  [
    'env digit',
    built({ environmentVariables: { '1A': 'x' } }),
    'buildStep.environmentVariables',
    "contain only names of letters, digits and '_', not beginning with a digit",
  ],
  [
    'env empty name',
    built({ environmentVariables: { '': 'x' } }),
    'buildStep.environmentVariables',
    "contain only names of letters, digits and '_', not beginning with a digit",
  ],
  [
    'env unicode name',
    built({ environmentVariables: { Ü: 'x' } }),
    'buildStep.environmentVariables',
    "contain only names of letters, digits and '_', not beginning with a digit",
  ],
  [
    'env python object',
    built({ environmentVariables: { A: '<cdk_pipeline_patterns.PipelineVariable object at 0x7f>' } }),
    'buildStep.environmentVariables',
    'not contain the text of an object',
  ],
  [
    'env [object Object]',
    built({ environmentVariables: { A: `${{}}` } }),
    'buildStep.environmentVariables',
    'not contain the text of an object',
  ],
  [
    'secret string',
    built({ secrets: { T: 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:x' } }),
    'buildStep.secrets.T',
    'be a BuildSecret',
  ],
  [
    'secret L1',
    web((s: Stack) => ({
      buildStep: library.BuildStep.nodeJs({
        secrets: { T: library.BuildSecret.secretsManager(new sm.CfnSecret(s, 'X')) },
      }),
    })),
    'buildStep.secrets.T.secret',
    'be a Secrets Manager secret',
  ],
  [
    'secret plain L2',
    web((s: Stack) => ({ buildStep: library.BuildStep.nodeJs({ secrets: { T: new sm.Secret(s, 'X') } }) })),
    'buildStep.secrets.T',
    'be a BuildSecret',
  ],
  [
    'secret & env same',
    web((s: Stack) => ({
      buildStep: library.BuildStep.nodeJs({
        environmentVariables: { T: 'x' },
        secrets: { T: library.BuildSecret.secretsManager(new sm.Secret(s, 'X')) },
      }),
    })),
    'buildStep.secrets',
    'not contain names that environmentVariables contains',
  ],
  ['timeout string', built({ timeout: '30m' }), 'buildStep.timeout', 'be a Duration'],
  [
    'timeout 1s',
    built({ timeout: Duration.seconds(1) }),
    'buildStep.timeout',
    'be a whole number of minutes between 5 and 2160',
  ],
  ['compute string', built({ compute: 'LARGE' }), 'buildStep.compute', 'be a BuildCompute'],
  ['compute enum', built({ compute: library.BuildSize.LARGE }), 'buildStep.compute', 'be a BuildCompute'],
  ['compute uncalled', built({ compute: library.BuildCompute.x86 }), 'buildStep.compute', 'be a BuildCompute'],
  ['compute bad size', built({ compute: library.BuildCompute.x86('XXL') }), 'buildStep.compute.size', 'be a BuildSize'],
  ['compute CDK type', built({ compute: codebuild.ComputeType.LARGE }), 'buildStep.compute', 'be a BuildCompute'],
  [
    'image curated typo',
    built({
      compute: library.BuildCompute.x86(library.BuildSize.SMALL, {
        image: library.BuildImage.fromCodeBuild('aws/codebuild/standrad:7.0'),
      }),
    }),
    'buildStep.compute.image',
    'be an image that CodeBuild provides',
  ],
  [
    'image CDK object',
    built({
      compute: library.BuildCompute.x86(library.BuildSize.SMALL, { image: codebuild.LinuxBuildImage.STANDARD_7_0 }),
    }),
    'buildStep.compute.image',
    'be a BuildImage',
  ],
  [
    'image registry with https',
    built({
      compute: library.BuildCompute.x86(library.BuildSize.SMALL, {
        image: library.BuildImage.fromRegistry('https://ghcr.io/a/b:1'),
      }),
    }),
    'buildStep.compute.image',
    'be an image name',
  ],
  [
    'image registry trailing :',
    built({
      compute: library.BuildCompute.x86(library.BuildSize.SMALL, { image: library.BuildImage.fromRegistry('node:') }),
    }),
    'buildStep.compute.image',
    'be an image name',
  ],
  [
    'network L1 vpc',
    web((s: Stack) => ({
      buildStep: library.BuildStep.nodeJs({
        network: library.BuildNetwork.vpc(new ec2.CfnVPC(s, 'V', { cidrBlock: '10.0.0.0/16' })),
      }),
    })),
    'buildStep.network.vpc',
    'be a VPC',
  ],
  [
    'network vpc direct',
    web((s: Stack) => ({
      buildStep: library.BuildStep.nodeJs({
        network: ec2.Vpc.fromVpcAttributes(s, 'V', { vpcId: 'vpc-1', availabilityZones: ['a'] }),
      }),
    })),
    'buildStep.network',
    'be a BuildNetwork',
  ],
  ['network id', built({ network: 'vpc-1' }), 'buildStep.network', 'be a BuildNetwork'],
  ['network new', built({ network: new library.BuildNetwork() }), 'buildStep.network', 'be a BuildNetwork'],
  [
    'buildStep nodeJs(step)',
    web(() => ({ buildStep: library.BuildStep.nodeJs(library.BuildStep.shell(['make'])) })),
    'buildStep.options',
    OPTIONS,
  ],
  ['buildStep new', web(() => ({ buildStep: new library.BuildStep() })), 'buildStep', 'be a BuildStep'],
  ['buildStep uncalled', web(() => ({ buildStep: library.BuildStep.nodeJs })), 'buildStep', 'be a BuildStep'],
  ['buildStep list', web(() => ({ buildStep: [library.BuildStep.nodeJs()] })), 'buildStep', 'be a BuildStep'],
  ['buildStep testStep', web(() => ({ buildStep: library.TestStep.shell(['x']) })), 'buildStep', 'be a BuildStep'],
  [
    'frozen ok',
    web(Object.freeze({ buildStep: library.BuildStep.nodeJs(Object.freeze({ nodeVersion: '21' })) })),
    'buildStep.nodeVersion',
    "be one of '18', '20', '22', '24'",
  ],
  [
    'circular',
    built(
      (() => {
        const c: Untyped = {};
        c.environmentVariables = c;
        return c;
      })(),
    ),
    'buildStep.environmentVariables.environmentVariables',
    A_STRING,
  ],
  ['shell string', web(() => ({ buildStep: library.BuildStep.shell('make') })), 'buildStep.commands', A_LIST],
  ['shell no args', web(() => ({ buildStep: library.BuildStep.shell() })), 'buildStep.commands', A_LIST],
  [
    'matrix string',
    web(() => ({ buildStep: library.BuildStep.matrix(['make'], { A: '1' }) })),
    'buildStep.variables.A',
    A_LIST,
  ],
  [
    'matrix empty',
    web(() => ({ buildStep: library.BuildStep.matrix(['make'], {}) })),
    'buildStep.variables',
    'contain at least one variable',
  ],
  [
    'matrix 101',
    web(() => ({
      buildStep: library.BuildStep.matrix(['make'], {
        A: Array(101)
          .fill(0)
          .map((_, i) => `${i}`),
      }),
    })),
    'buildStep.variables',
    'have at most 100 combinations',
  ],
  [
    'matrix dup',
    web(() => ({ buildStep: library.BuildStep.matrix(['make'], { A: ['1', '1'] }) })),
    'buildStep.variables.A',
    NO_DUPLICATES,
  ],
  ['outputs ..', built({ outputs: { docs: '../docs' } }), 'buildStep.outputs.docs', NO_PARENT],
  ['exportedVariables string', built({ exportedVariables: 'VERSION' }), 'buildStep.exportedVariables', A_LIST],
  [
    'exported AWS_',
    built({ exportedVariables: ['AWS_X'] }),
    'buildStep.exportedVariables',
    "not contain names that start with 'AWS_'",
  ],
  ['stepName reserved', built({ stepName: 'Default' }), 'buildStep.stepName', 'not be a reserved name'],
  ['stepName slash', built({ stepName: 'a/b' }), 'buildStep.stepName', "consist of letters, digits, '_' and '-'"],
  ['stepName 61', built({ stepName: 'a'.repeat(61) }), 'buildStep.stepName', 'have at most 60 characters'],
  ['stepName token', built({ stepName: Aws.STACK_NAME }), 'buildStep.stepName', KNOWN_AT_SYNTH],
];
