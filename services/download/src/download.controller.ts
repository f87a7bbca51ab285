import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { NotFoundError } from '#domain/errors.js';
import { PublicAddress } from '#platform/public-address.js';
import { preferredMediaType } from '#protocols/http/preferred-media-type.js';
import { DIRECTORY_POLICY, writeDirectoryJson, writeDirectoryPage, type Directory } from './directory-view.js';
import { FindDelivery } from '#platform/delivery/find-delivery.js';
import { FindProduct, requireOnline } from '#platform/delivery/find-product.js';
import { ListDirectory } from './list-directory.js';
import { sendDelivery } from '#platform/delivery/send-delivery.js';

const cursor = z.string().max(2000).optional();

/** `/dl` and `/download`: files by range, folders as pages. Every GET has its HEAD. */
@Controller()
export class DownloadController {
  constructor(
    private readonly products: FindProduct,
    private readonly deliveries: FindDelivery,
    private readonly directories: ListDirectory,
    private readonly publicAddress: PublicAddress,
  ) {}

  /** The archive by collection. */
  @Get('dl')
  async archive(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    this.sendDirectory(await this.directories.ofArchive(), request, reply);
  }

  /** A collection's products, newest first. */
  @Get('dl/:collection')
  async collection(
    @Param('collection') collection: string,
    @Query('cursor', { schema: cursor }) after: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    this.sendDirectory(await this.directories.ofCollection(collection, after), request, reply);
  }

  /** What a product offers. */
  @Get('dl/:collection/:id')
  async product(
    @Param('collection') collection: string,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const product = await this.products.byKey(collection, id);
    this.sendDirectory(this.directories.ofProduct(product), request, reply);
  }

  /** The deliverable, byte-identical to what was published. */
  @Get('dl/:collection/:id/:file')
  async file(
    @Param('collection') collection: string,
    @Param('id') id: string,
    @Param('file') file: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const product = await this.products.byKey(collection, id);
    if (product.content !== undefined && product.content.fileName !== file) {
      throw new NotFoundError(`${id} has no file ${file}; its download is ${product.content.fileName}.`, {
        subject: file,
      });
    }
    await sendDelivery(await this.deliveries.ofProduct(product), request, reply);
  }

  /** An asset kept here: quick-look, browse image, a band. */
  @Get('dl/:collection/:id/asset/:assetKey')
  async asset(
    @Param('collection') collection: string,
    @Param('id') id: string,
    @Param('assetKey') assetKey: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const product = await this.products.byKey(collection, id);
    await sendDelivery(await this.deliveries.ofAsset(product, assetKey), request, reply);
  }

  /** The top folder of a product's zip. */
  @Get('dl/:collection/:id/nodes')
  async topNode(
    @Param('collection') collection: string,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.sendNode({ collection, id, path: '' }, request, reply);
  }

  /** A file or folder inside a product's zip. */
  @Get('dl/:collection/:id/nodes/*')
  async node(
    @Param('collection') collection: string,
    @Param('id') id: string,
    @Param('*') path: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.sendNode({ collection, id, path: path.replace(/\/+$/, '') }, request, reply);
  }

  /** The deliverable by its file name alone, as CODE-DE's scripts ask. */
  @Get('download/:file')
  async byFileName(
    @Param('file') file: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const product = await this.products.byFileName(file);
    await sendDelivery(await this.deliveries.ofProduct(product), request, reply);
  }

  private async sendNode(
    target: { readonly collection: string; readonly id: string; readonly path: string },
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const product = requireOnline(await this.products.byKey(target.collection, target.id));
    const nodes = await this.directories.nodesOf(product);
    const node = nodes.find(({ path }) => path === target.path);
    if (node) return sendDelivery(await this.deliveries.ofNode(product, node), request, reply);
    const directory = this.directories.ofNodes(product, nodes, target.path);
    if (!directory) {
      throw new NotFoundError(`There is no ${target.path || 'file'} in ${target.id}.`, { subject: target.path });
    }
    this.sendDirectory(directory, request, reply);
  }

  private sendDirectory(directory: Directory, request: FastifyRequest, reply: FastifyReply): void {
    const type = preferredMediaType(request.headers.accept, ['text/html', 'application/json']);
    void reply.header('Vary', 'Accept').header('Cache-Control', 'public, no-cache');
    if (type === 'application/json') {
      void reply.send(writeDirectoryJson(directory, this.publicAddress.of(request)));
      return;
    }
    void reply
      .header('Content-Security-Policy', DIRECTORY_POLICY)
      .type('text/html; charset=utf-8')
      .send(writeDirectoryPage(directory));
  }
}
