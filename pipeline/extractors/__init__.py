"""Ways to read events other than by the rules: a language model of the user's own, behind an endpoint."""

from pipeline.extractors.endpoint import Endpoint, EndpointError
from pipeline.extractors.openai_compatible import ModelExtractor, endpoint_of, with_extractor

__all__ = ["Endpoint", "EndpointError", "ModelExtractor", "endpoint_of", "with_extractor"]
