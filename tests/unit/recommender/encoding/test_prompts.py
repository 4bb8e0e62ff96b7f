import pytest

from recommender.encoding.prompts import TASK, Prompts, choose_prompts

SEARCHING = "Represent this sentence for searching relevant passages: "


@pytest.mark.parametrize(
    ("names", "configured", "prompts"),
    [
        (["intfloat/multilingual-e5-small"], {}, Prompts("query: ", "passage: ")),
        (["/models/multilingual-e5-base"], {}, Prompts("query: ", "passage: ")),
        (["intfloat/multilingual-e5-large-instruct"], {}, Prompts(f"Instruct: {TASK}\nQuery: ")),
        (["BAAI/bge-m3"], {}, Prompts()),
        (["BAAI/bge-small-en-v1.5"], {}, Prompts(SEARCHING)),
        (["mixedbread-ai/mxbai-embed-large-v1"], {}, Prompts(SEARCHING)),
        (["Snowflake/snowflake-arctic-embed-m"], {}, Prompts(SEARCHING)),
        (["Snowflake/snowflake-arctic-embed-l-v2.0"], {}, Prompts("query: ")),
        (["Qwen/Qwen3-Embedding-0.6B"], {}, Prompts(f"Instruct: {TASK}\nQuery: ")),
        (["nomic-ai/nomic-embed-text-v1.5"], {}, Prompts("search_query: ", "search_document: ")),
        (["thenlper/gte-base"], {}, Prompts()),
        (["jhgan/ko-sroberta-multitask"], {}, Prompts()),
        # a folder of any name is known by the name in its configuration
        (["/models/ours", "intfloat/multilingual-e5-small"], {}, Prompts("query: ", "passage: ")),
        # the model's own prompts come before its family's
        (["intfloat/multilingual-e5-small"], {"query": "질문: ", "passage": "책: "}, Prompts("질문: ", "책: ")),
        (
            ["Qwen/Qwen3-Embedding-0.6B"],
            {"query": "Instruct: x\nQuery:", "document": ""},
            Prompts("Instruct: x\nQuery:"),
        ),
        # empty ones, which the library writes for every model, say nothing
        (["intfloat/multilingual-e5-small"], {"query": "", "document": ""}, Prompts("query: ", "passage: ")),
    ],
)
def test_prompts_of_model_families(names: list[str], configured: dict[str, str], prompts: Prompts) -> None:
    assert choose_prompts(names, configured) == prompts
