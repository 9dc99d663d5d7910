// Patterns: one construct per kind of delivery.
export * from './patterns/web-app/web-app-pipeline';
export * from './patterns/web-app/props';

// Their vocabulary: where code comes from, how it is built, where it goes, who lets it through.
export * from './source/pipeline-source';
export * from './source/git-connection';
export * from './build/build-step';
export * from './promotion/deployment-environment';
export * from './promotion/approval';
export * from './deploy/deploy-target';
export * from './deploy/site-hosting';
export * from './deploy/site-release';
export * from './deploy/deployed-site';
