import { Aws } from 'aws-cdk-lib';
import type { BaseImagesPlan, BuildPlan } from './build-spec';
import { pullImageStatements, pullThroughStatements, pushImageStatements, type Statement } from '../../render/grants';

/** What the commands of a build may do with repositories of images: push to one, and pull from others. */
export function repositoryStatements({ pushesTo, pullsFrom, baseImages = [] }: BuildPlan): Statement[] {
  const pulled = baseImages.flatMap((one) => (one.kind === 'ecr' ? [one.repository.repositoryArn] : []));
  return onlyOnce([
    ...(pushesTo ? pushImageStatements([pushesTo.repositoryArn]) : []),
    ...pullImageStatements([...(pullsFrom ? [pullsFrom.repositoryArn] : []), ...pulled]),
    ...baseImages.flatMap((one) => (one.kind === 'pull-through' ? pullThroughStatements(one.prefix) : [])),
  ]);
}

/** Each of them needs a token of the registry, which is the same for all. */
const onlyOnce = (statements: readonly Statement[]) => {
  const texts = statements.map((one) => JSON.stringify(one));
  return statements.filter((_, i) => texts.indexOf(texts[i]) === i);
};

/** Where the commands find them. */
export function imageVariables({ pushesTo, pullsFrom, baseImages = [] }: BuildPlan): Record<string, string> {
  const repository = pushesTo ?? pullsFrom;
  return {
    ...(repository && { IMAGE_REPOSITORY: repository.repositoryUri }),
    ...(baseImages.length > 0 && { IMAGE_ORIGINS: baseImages.map(uriOf).join(' ') }),
  };
}

const uriOf = (origin: BaseImagesPlan) =>
  origin.kind === 'ecr'
    ? origin.repository.repositoryUri
    : `${Aws.ACCOUNT_ID}.dkr.ecr.${Aws.REGION}.${Aws.URL_SUFFIX}/${origin.prefix}`;
