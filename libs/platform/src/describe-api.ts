import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';

/** The OpenAPI document of an application, generated from its routes and their zod schemas. */
export function openApiOf(app: INestApplication, title: string): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setTitle(`Frombork ${title}`)
    .setVersion('0.1.0')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'The operator token.' }, 'operator');
  return SwaggerModule.createDocument(app, builder.build());
}

/** Serves the OpenAPI document at `/openapi.json`. */
export function describeApi(app: INestApplication, title: string): void {
  SwaggerModule.setup('openapi', app, () => openApiOf(app, title), {
    ui: false,
    jsonDocumentUrl: 'openapi.json',
    raw: ['json'],
  });
}
