import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PLATFORM_CONFIG, type PlatformConfig } from '#platform/platform.config.js';
import { PublicAddress } from '#platform/public-address.js';
import { PAGE_POLICY, writeLandingPage } from './landing-page.js';
import { PortalAssets } from './portal-assets.js';
import { ReadArchive } from './read-archive.js';

/** `/` and the files under `/portal`. */
@Controller()
export class PortalController {
  constructor(
    private readonly archive: ReadArchive,
    private readonly assets: PortalAssets,
    private readonly publicAddress: PublicAddress,
    @Inject(PLATFORM_CONFIG) private readonly platform: PlatformConfig,
  ) {}

  /** The landing page. */
  @Get()
  async landing(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const facts = { origin: this.publicAddress.of(request), mirror: this.platform.FROMBORK_MIRROR };
    const page = writeLandingPage(await this.archive.execute(), facts);
    void reply
      .header('Content-Security-Policy', PAGE_POLICY)
      .header('Referrer-Policy', 'same-origin')
      .header('Cache-Control', 'no-cache')
      .type('text/html; charset=utf-8')
      .send(page);
  }

  /** Style, script and Leaflet. */
  @Get('portal/:name')
  asset(@Param('name') name: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const asset = this.assets.get(name);
    void reply.header('ETag', asset.etag).header('Cache-Control', 'public, max-age=300').type(asset.mediaType);
    if (request.headers['if-none-match'] === asset.etag) void reply.status(304).send();
    else void reply.send(asset.bytes);
  }
}
