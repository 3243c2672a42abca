extension RealSample {
  /// File, contract, method, path and status; behind them, what was asked.
  static let table = #"""
    shopify/goshopify-order.json shopify/order-read-response GET \#
    /admin/api/2026-04/orders/123456.json 200
    shopify/rest-2022_04-fulfillment-orders-list.json shopify/fulfillment-orders-list-response \#
    GET /admin/api/2022-04/orders/450789469/fulfillment_orders.json 200
    shopify/rest-2022_04-orders-list.json shopify/orders-list-response GET \#
    /admin/api/2022-04/orders.json?status=any 200
    shopify/rest-2026_07-fulfillment-orders-list.json shopify/fulfillment-orders-list-response \#
    GET /admin/api/2026-07/orders/450789469/fulfillment_orders.json 200
    shopify/rest-2026_07-inventory-levels-list.json shopify/inventory-levels-list-response GET \#
    /admin/api/2026-07/inventory_levels.json?location_ids=1 200
    shopify/rest-2026_07-refund-calculate-or-create.json shopify/refund-create-response POST \#
    /admin/api/2026-07/orders/450789469/refunds.json 201
    netsuite/creditmemo-1819-get-2023.json netsuite/record-read-response GET \#
    /services/rest/record/v1/creditMemo/{id} 200
    netsuite/error-400-invalid-request.json netsuite/error POST \#
    /services/rest/record/v1/salesOrder/4711/!transform/invoice 400 \#
    {"externalId":"INV-1","item":{"items":[{"orderLine":1,"quantity":3}]}}
    netsuite/request-creditmemo.json netsuite/credit-memo-create-standalone-request POST \#
    /services/rest/record/v1/creditMemo 204
    netsuite/request-transform-invoice-partial.json netsuite/invoice-create-request POST \#
    /services/rest/record/v1/salesOrder/4711/!transform/invoice 204
    3pl/shipbob-products-2-0.json shipbob/products-list-response GET /2026-01/product 200
    3pl/shipbob-wro-boxes-response-completed.json shipbob/receiving-boxes-response GET \#
    /2026-01/receiving/756515/boxes 200
    3pl/shipbob-wro-boxes-response-stowing.json shipbob/receiving-boxes-response GET \#
    /2026-01/receiving/756515/boxes 200
    carriers/easypost-batch-webhooks-guide.json easypost/batch-updated HOOK /webhooks/easypost \#
    200
    carriers/easypost-batches-buy.json easypost/batch-action-response POST /v2/batches/{id}/buy \#
    200 {"reference":"batches-buy"}
    carriers/easypost-batches-create.json easypost/batch-create-response POST /v2/batches 200 \#
    {"reference":"batches-create"}
    carriers/easypost-batches-label.json easypost/batch-action-response POST \#
    /v2/batches/{id}/label 200 {"reference":"batches-label"}
    carriers/easypost-batches-remove-shipments.json easypost/batch-action-response POST \#
    /v2/batches/{id}/remove_shipments 200 {"reference":"batches-remove-shipments"}
    carriers/easypost-batches-scan-forms.json easypost/batch-action-response POST \#
    /v2/batches/{id}/scan_form 200 {"reference":"batches-scan-forms"}
    carriers/easypost-claim-cancel.json easypost/claim-cancel-response POST \#
    /v2/claims/{id}/cancel 200 {"reference":"claim-cancel"}
    carriers/easypost-claim-list.json easypost/claims-list-response GET /v2/claims 200
    carriers/easypost-event-body.json easypost/tracker-updated HOOK /webhooks/easypost 200
    carriers/easypost-events-list.json easypost/events-list-response GET /v2/events 200
    carriers/easypost-insurance-create.json easypost/insurance-create-response POST \#
    /v2/insurances 200 {"reference":"insurance-create"}
    carriers/easypost-insurance-list.json easypost/insurances-list-response GET /v2/insurances \#
    200
    carriers/easypost-insurance-refund.json easypost/insurance-refund-response POST \#
    /v2/insurances/{id}/refund 200 {"reference":"insurance-refund"}
    carriers/easypost-insurance-retrieve.json easypost/insurance-read-response GET \#
    /v2/insurances/{id} 200
    carriers/easypost-payloads-list.json easypost/payloads-list-response GET \#
    /v2/events/evt_1/payloads 200
    carriers/easypost-pickups-buy.json easypost/pickup-action-response POST /v2/pickups/{id}/buy \#
    200 {"reference":"pickups-buy"}
    carriers/easypost-pickups-create.json easypost/pickup-create-response POST /v2/pickups 200 \#
    {"reference":"pickups-create"}
    carriers/easypost-pickups-retrieve.json easypost/pickup-read-response GET /v2/pickups/{id} \#
    200
    carriers/easypost-recorded-batch_create-1-200.json easypost/batch-create-response POST \#
    /v2/batches 200 {"reference":"recorded-batch_create-1-200"}
    carriers/easypost-recorded-batch_create_scanform-1-200.json easypost/batch-create-response \#
    POST /v2/batches 200 {"reference":"recorded-batch_create_scanform-1-200"}
    carriers/easypost-recorded-batch_retrieve-1-200.json easypost/batch-create-response POST \#
    /v2/batches 200 {"reference":"recorded-batch_retrieve-1-200"}
    carriers/easypost-recorded-claim_all-1-200.json easypost/claims-list-response GET /v2/claims \#
    200
    carriers/easypost-recorded-claim_cancel-1-201.json easypost/shipment-create-response POST \#
    /v2/shipments 201 {"reference":"recorded-claim_cancel-1-201"}
    carriers/easypost-recorded-claim_cancel-2-200.json easypost/shipment-buy-response POST \#
    /v2/shipments/{id}/buy 200 {"reference":"recorded-claim_cancel-2-200"}
    carriers/easypost-recorded-claim_cancel-3-200.json easypost/shipment-insure-response POST \#
    /v2/shipments/{id}/insure 200 {"reference":"recorded-claim_cancel-3-200"}
    carriers/easypost-recorded-claim_cancel-4-201.json easypost/claim-create-response POST \#
    /v2/claims 201 {"reference":"recorded-claim_cancel-4-201"}
    carriers/easypost-recorded-claim_cancel-5-200.json easypost/claim-cancel-response POST \#
    /v2/claims/{id}/cancel 200 {"reference":"recorded-claim_cancel-5-200"}
    carriers/easypost-recorded-claim_create-1-201.json easypost/shipment-create-response POST \#
    /v2/shipments 201 {"reference":"recorded-claim_create-1-201"}
    carriers/easypost-recorded-claim_create-2-200.json easypost/shipment-buy-response POST \#
    /v2/shipments/{id}/buy 200 {"reference":"recorded-claim_create-2-200"}
    carriers/easypost-recorded-claim_create-3-200.json easypost/shipment-insure-response POST \#
    /v2/shipments/{id}/insure 200 {"reference":"recorded-claim_create-3-200"}
    carriers/easypost-recorded-error-1-422.json easypost/error POST /v2/shipments 422 \#
    {"reference":"recorded-error-1-422"}
    carriers/easypost-recorded-error_alternative_format-1-404.json easypost/error POST \#
    /v2/claims 404 {"reference":"recorded-error_alternative_format-1-404"}
    carriers/easypost-recorded-event_all-1-200.json easypost/events-list-response GET /v2/events \#
    200
    carriers/easypost-recorded-event_get_next_page-2-200.json easypost/events-list-response GET \#
    /v2/events 200
    carriers/easypost-recorded-event_retrieve_all_payloads-2-200.json \#
    easypost/batch-create-response POST /v2/batches 200 \#
    {"reference":"recorded-event_retrieve_all_payloads-2-200"}
    carriers/easypost-recorded-event_retrieve_payload-1-201.json \#
    easypost/webhook-create-response POST /v2/webhooks 201 \#
    {"reference":"recorded-event_retrieve_payload-1-201"}
    carriers/easypost-recorded-event_retrieve_payload-2-200.json easypost/batch-create-response \#
    POST /v2/batches 200 {"reference":"recorded-event_retrieve_payload-2-200"}
    carriers/easypost-recorded-event_retrieve_payload-3-200.json easypost/events-list-response \#
    GET /v2/events 200
    carriers/easypost-recorded-event_retrieve_payload-4-404.json easypost/error GET \#
    /v2/events/evt_1/payloads/payload_1 404
    carriers/easypost-recorded-refund_all-1-200.json easypost/refunds-list-response GET \#
    /v2/refunds 200
    carriers/easypost-recorded-refund_create-1-201.json easypost/shipment-create-response POST \#
    /v2/shipments 201 {"reference":"recorded-refund_create-1-201"}
    carriers/easypost-recorded-refund_retrieve-2-200.json easypost/refund-read-response GET \#
    /v2/refunds/{id} 200
    carriers/easypost-recorded-shipment_create-1-201.json easypost/shipment-create-response POST \#
    /v2/shipments 201 {"reference":"recorded-shipment_create-1-201"}
    carriers/easypost-recorded-shipment_refund-1-201.json easypost/shipment-create-response POST \#
    /v2/shipments 201 {"reference":"recorded-shipment_refund-1-201"}
    carriers/easypost-recorded-shipment_refund-2-200.json easypost/shipment-refund-response POST \#
    /v2/shipments/{id}/refund 200 {"reference":"recorded-shipment_refund-2-200"}
    carriers/easypost-recorded-tracker_delete-1-200.json easypost/tracker-read-response GET \#
    /v2/trackers/{id} 200
    carriers/easypost-recorded-tracker_delete-2-200.json easypost/tracker-delete-response DELETE \#
    /v2/trackers/trk_52d78046d6a14e8b92af8b8546080a05 200
    carriers/easypost-recorded-tracker_retrieve_batch-1-201.json \#
    easypost/tracker-create-response POST /v2/trackers 201 \#
    {"tracker":{"tracking_code":"EZ1000000001"}}
    carriers/easypost-recorded-tracker_retrieve_batch-2-200.json easypost/trackers-list-response \#
    GET /v2/trackers 200
    carriers/easypost-recorded-webhook_delete-1-201.json easypost/webhook-create-response POST \#
    /v2/webhooks 201 {"reference":"recorded-webhook_delete-1-201"}
    carriers/easypost-recorded-webhook_update-1-201.json easypost/webhook-create-response POST \#
    /v2/webhooks 201 {"reference":"recorded-webhook_update-1-201"}
    carriers/easypost-recorded-webhook_update-2-201.json easypost/webhook-update-response PATCH \#
    /v2/webhooks/{id} 201 {"reference":"recorded-webhook_update-2-201"}
    carriers/easypost-refunds-list.json easypost/refunds-list-response GET /v2/refunds 200
    carriers/easypost-refunds-retrieve.json easypost/refund-read-response GET /v2/refunds/{id} \#
    200
    carriers/easypost-scan-form-create.json easypost/scan-form-create-response POST \#
    /v2/scan_forms 200 {"reference":"scan-form-create"}
    carriers/easypost-scan-form-list.json easypost/scan-forms-list-response GET /v2/scan_forms \#
    200
    carriers/easypost-scan-form-retrieve.json easypost/scan-form-read-response GET \#
    /v2/scan_forms/{id} 200
    carriers/easypost-shipments-create.json easypost/shipment-create-response POST /v2/shipments \#
    200 {"reference":"shipments-create"}
    carriers/easypost-shipments-list.json easypost/shipments-list-response GET /v2/shipments 200
    carriers/easypost-shipments-retrieve.json easypost/shipment-read-response GET \#
    /v2/shipments/{id} 200
    carriers/easypost-trackers-create.json easypost/tracker-create-response POST /v2/trackers \#
    200 {"tracker":{"tracking_code":"EZ1000000001"}}
    carriers/easypost-trackers-list.json easypost/trackers-list-response GET /v2/trackers 200
    carriers/easypost-trackers-retrieve.json easypost/tracker-read-response GET \#
    /v2/trackers/{id} 200
    carriers/easypost-tracking-webhook-response.json easypost/tracker-updated HOOK \#
    /webhooks/easypost 200
    carriers/easypost-webhooks-create.json easypost/webhook-create-response POST /v2/webhooks \#
    200 {"reference":"webhooks-create"}
    carriers/easypost-webhooks-retrieve.json easypost/webhook-read-response GET \#
    /v2/webhooks/{id} 200
    returns/loop-return-created-captured.json loop/return-created HOOK /webhooks/loop 200
    """#
}
