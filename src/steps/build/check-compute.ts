import { Token } from 'aws-cdk-lib';
import { ENVIRONMENT_TYPES } from '../../aws/builds';
import { BUILD_LIMITS, IMAGE_TAG } from '../../aws/limits';
import type { BuildPlan, ComputePlan, NetworkPlan } from './build-spec';
import { problem, type Problem } from '../../pipeline/problems';

/** What is wrong with the machine of a build, its image, and what the machine cannot do. */
export function checkCompute(
  prop: string,
  { compute, timeoutMinutes, network, cachePaths, docker }: BuildPlan,
): Problem[] {
  const where = `${prop}.compute`;
  const { lambda } = ENVIRONMENT_TYPES[compute.environmentType];
  const fix = 'use BuildCompute.x86 or BuildCompute.arm';
  return [
    ...checkImage(`${where}.image`, compute),
    ...(!lambda
      ? []
      : [
          ...(compute.image
            ? []
            : [
                problem(
                  `${where}.image`,
                  'be given for a build on Lambda of no language, or of a version without an image',
                  'nothing',
                  "name an image, e.g. BuildImage.fromCodeBuild('aws/codebuild/amazonlinux-x86_64-lambda-standard:nodejs22'), or choose another version",
                ),
              ]),
          ...(timeoutMinutes === undefined
            ? []
            : [
                problem(
                  `${prop}.timeout`,
                  'not be given for a build on Lambda',
                  `${timeoutMinutes} minutes`,
                  `it ends after 15 minutes; remove it, or ${fix}`,
                ),
              ]),
          ...(network ? [problem(`${prop}.network`, 'not be given for a build on Lambda', 'a VPC', fix)] : []),
          ...(cachePaths.length > 0
            ? [
                problem(
                  `${prop}.cachePaths`,
                  'not be given for a build on Lambda',
                  cachePaths,
                  `it has no cache; remove them, or ${fix}`,
                ),
              ]
            : []),
          ...(docker
            ? [problem(where, 'not be Lambda for a build of an image', compute.computeType, `it has no Docker; ${fix}`)]
            : []),
        ]),
  ];
}

function checkImage(prop: string, { environmentType, image }: ComputePlan): Problem[] {
  if (!image) return [];
  switch (image.kind) {
    case 'standard': {
      if (Token.isUnresolved(image.id)) return [];
      if (!image.id.startsWith('aws/codebuild/'))
        return [
          problem(
            prop,
            "begin with 'aws/codebuild/'",
            image.id,
            'use BuildImage.fromEcr or BuildImage.fromRegistry for other images',
          ),
        ];
      const { architecture, lambda } = ENVIRONMENT_TYPES[environmentType];
      const ofArm = image.id.includes('aarch64');
      return [
        ...(ofArm === (architecture === 'arm')
          ? []
          : [
              problem(
                prop,
                `be made for ${architecture === 'arm' ? 'ARM' : 'x86'}`,
                image.id,
                'choose the image or the machine to fit the other',
              ),
            ]),
        ...(image.id.includes('-lambda-') === lambda
          ? []
          : [
              problem(
                prop,
                lambda ? 'be an image for Lambda' : 'not be an image for Lambda',
                image.id,
                'choose the image or the machine to fit the other',
              ),
            ]),
      ];
    }
    case 'ecr': {
      const { tagOrDigest } = image;
      return Token.isUnresolved(tagOrDigest) ||
        IMAGE_TAG.pattern.test(tagOrDigest) ||
        /^sha256:[0-9a-f]{64}$/.test(tagOrDigest)
        ? []
        : [
            problem(
              prop,
              "have a tag, or a digest such as 'sha256:…'",
              tagOrDigest,
              'use a tag or digest of the repository',
            ),
          ];
    }
    case 'registry':
      return Token.isUnresolved(image.name) || /^[^\s]+$/.test(image.name)
        ? []
        : [problem(prop, 'name an image', image.name, "write it as in 'registry.example.com/tools/node:22'")];
  }
}

/** What can be seen of a network without looking into the VPC. */
export function checkNetwork(prop: string, network: NetworkPlan | undefined): Problem[] {
  if (!network) return [];
  const { securityGroups, subnets, proxy } = network;
  const count = (name: string, of: number | undefined, { min, max }: { min: number; max: number }) =>
    of === undefined || (of >= min && of <= max)
      ? []
      : [problem(`${prop}.${name}`, `hold ${min} to ${max}`, of, 'leave it out for the default, or choose fewer')];
  return [
    ...count('securityGroups', securityGroups?.length, BUILD_LIMITS.securityGroups),
    ...count('subnets', subnets?.subnets?.length, BUILD_LIMITS.subnets),
    ...(proxy === undefined || Token.isUnresolved(proxy.address) || /^https?:\/\/[^\s/@]+$/.test(proxy.address)
      ? []
      : [
          problem(
            `${prop}.proxy`,
            'be an address without a password',
            proxy.address.replace(/\/\/.*@/, '//***@'),
            "write it as in 'http://proxy.example.com:3128'",
          ),
        ]),
  ];
}

/** Commands actions have no settings for a proxy. */
export const checkCommandsNetwork = (prop: string, network: NetworkPlan | undefined): Problem[] => [
  ...checkNetwork(prop, network),
  ...(network?.proxy ? [problem(prop, 'have no proxy for a Commands action', 'a proxy', 'use BuildStep.shell')] : []),
];
